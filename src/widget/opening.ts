/** What a conversation begins with: the greeting, the questions that the site's owner suggests, and what stands inside the element. */
import type { WidgetTexts } from '../texts.ts';
import { element } from './element.ts';

export function openingElement(
  greeting: string,
  suggestions: string[],
  texts: WidgetTexts,
  onAsk: (question: string) => void,
): HTMLElement {
  const suggested = suggestions.map((question) => {
    const button = element('button', { type: 'button', dir: 'auto', part: 'suggestion' }, question);
    button.addEventListener('click', () => onAsk(question));
    return element('li', {}, button);
  });
  return element(
    'div',
    { className: 'opening', part: 'greeting' },
    element('p', { className: 'greeting', dir: 'auto' }, greeting),
    suggested.length > 0 &&
      element('ul', { className: 'suggestions', attributes: { 'aria-label': texts.suggestions } }, ...suggested),
    element('slot'),
  );
}
