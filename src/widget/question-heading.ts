/** The question as the headline of its answer. A very long one is cut to some lines until somebody wants all of it. */
import type { WidgetTexts } from '../texts.ts';
import { element } from './element.ts';

/** Characters that may need more lines than the style sheet leaves, on the narrowest screen. */
const mayBeLong = 120;

/** @param id Of the heading. */
export function questionHeading(question: string, id: string, texts: WidgetTexts): HTMLElement[] {
  const heading = element('h2', { id, dir: 'auto', part: 'question' }, question);
  if (question.length < mayBeLong && question.split('\n').length < 4) return [heading];
  heading.className = 'clamped';
  const all = element(
    'button',
    { type: 'button', className: 'plain all', hidden: true, attributes: { 'aria-expanded': 'false' } },
    texts.wholeQuestion,
  );
  all.addEventListener('click', () => {
    const isCut = heading.classList.toggle('clamped');
    all.setAttribute('aria-expanded', String(!isCut));
    all.textContent = isCut ? texts.wholeQuestion : texts.lessQuestion;
  });
  // How much fits is known once it is shown, and changes with the window.
  new ResizeObserver(() => {
    if (heading.classList.contains('clamped')) all.hidden = heading.scrollHeight <= heading.clientHeight + 1;
  }).observe(heading);
  return [heading, all];
}
