/** Thumbs up or down, and a note for whoever wants to say more. */
import { element, icon } from './element.ts';
import type { Turn } from './memory.ts';
import type { Stage } from './stage.ts';

type Value = 'up' | 'down';

/** Longest note, in characters, that the server keeps. */
const longestNote = 2000;

/** @param rate Keeps the rating on the server and in the turn; null takes it back. Throws if that fails. */
export function ratingElements(
  turn: Turn,
  { texts, announce }: Stage,
  rate: (value: Value | null, note: string) => Promise<void>,
): { thumbs: HTMLElement[]; below: HTMLElement } {
  const told = element('p', { className: 'told', part: 'feedback' });
  const box = element('textarea', {
    rows: 2,
    dir: 'auto',
    maxLength: longestNote,
    attributes: { 'aria-label': texts.note },
    placeholder: texts.note,
  });
  const form = element(
    'form',
    { className: 'note-form', hidden: true },
    box,
    element('button', { type: 'submit', className: 'small' }, texts.send),
  );
  const below = element('div', {}, told, form);
  const thumbs = (['up', 'down'] as const).map((value) => {
    const name = texts[value];
    const thumb = element(
      'button',
      { type: 'button', className: 'thumb', title: name, attributes: { 'aria-label': name } },
      icon(value),
    );
    // Pressed again, it takes the rating back.
    thumb.addEventListener(
      'click',
      () => void send(turn.rating?.value === value ? null : value, turn.rating?.note ?? ''),
    );
    return thumb;
  });

  function draw(): void {
    for (const [index, thumb] of thumbs.entries()) {
      const pressed = turn.rating?.value === (index === 0 ? 'up' : 'down');
      thumb.setAttribute('aria-pressed', String(pressed));
    }
  }

  function tell(sentence: string): void {
    told.textContent = sentence;
    if (sentence) announce(sentence);
  }

  let underWay = false;
  async function send(value: Value | null, note: string): Promise<void> {
    if (underWay) return;
    underWay = true;
    try {
      await rate(value, note);
      tell(value === null ? '' : note === '' ? texts.thanks : texts.noteSent);
      form.hidden = value === null || note !== '';
      below.scrollIntoView({ block: 'nearest' });
    } catch {
      // The note stays in its box.
      tell(texts.feedbackFailed);
    } finally {
      underWay = false;
    }
    draw();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const note = box.value.trim();
    if (note !== '' && turn.rating) void send(turn.rating.value, note);
  });
  draw();
  return { thumbs, below };
}
