/** Thumbs up or down, and a note for whoever wants to say more. */
import { element, icon } from './element.ts';
import type { Memory, Turn } from './memory.ts';
import type { Stage } from './stage.ts';

type Value = 'up' | 'down';

/** Longest note, in characters, that the server keeps. */
const longestNote = 2000;

export interface RatingActions {
  /** Keeps the rating on the server and in the turn; null takes it back. Throws if that fails. */
  rate: (value: Value | null, note: string) => Promise<void>;
  /** Scrolls the log, and nothing else, until that can be seen. */
  reveal: (shown: HTMLElement) => void;
  memory: Pick<Memory, 'draft' | 'keepDraft'>;
}

export interface Rating {
  thumbs: HTMLElement[];
  below: HTMLElement;
  /** Shows the turn's rating as it is now; what is being typed stays. */
  draw: () => void;
}

export function createRating(turn: Turn, { texts, announce }: Stage, { rate, reveal, memory }: RatingActions): Rating {
  const told = element('p', { className: 'told', part: 'feedback' });
  const box = element('textarea', {
    rows: 2,
    dir: 'auto',
    maxLength: longestNote,
    value: memory.draft(turn.id),
    attributes: { 'aria-label': texts.note },
    placeholder: texts.note,
  });
  const form = element(
    'form',
    { className: 'note-form' },
    box,
    element('button', { type: 'submit', className: 'small' }, texts.send),
  );
  const change = element('button', { type: 'button', className: 'small' }, texts.changeNote);
  const below = element('div', {}, told, form, change);
  const thumbs = (['up', 'down'] as const).map((value) => {
    const name = texts[value];
    const thumb = element(
      'button',
      { type: 'button', className: 'thumb', title: name, attributes: { 'aria-label': name } },
      icon(value),
    );
    // Pressed again, it takes the rating back.
    thumb.addEventListener('click', () => inTurn(thumb, () => press(turn.rating?.value === value ? null : value)));
    return thumb;
  });
  /** A note that was sent is being changed. */
  let changing = false;
  let queue: Promise<void> = Promise.resolve();

  function draw(): void {
    for (const [index, thumb] of thumbs.entries()) {
      const pressed = turn.rating?.value === (index === 0 ? 'up' : 'down');
      thumb.setAttribute('aria-pressed', String(pressed));
    }
    const isSent = turn.rating !== null && turn.rating.note !== '' && !changing;
    form.hidden = turn.rating === null || isSent;
    change.hidden = !isSent;
  }

  function type(note: string): void {
    box.value = note;
    memory.keepDraft(note, turn.id);
  }

  /** One after the other: what is pressed last counts. The same pressed twice by habit is pressed once. */
  function inTurn(pressed: HTMLElement, action: () => Promise<void>): void {
    if (pressed.hasAttribute('aria-busy')) return;
    pressed.setAttribute('aria-busy', 'true');
    queue = queue.then(action).finally(() => pressed.removeAttribute('aria-busy'));
  }

  /** False if it could not be kept. */
  async function send(value: Value | null, note: string): Promise<boolean> {
    try {
      await rate(value, note);
      tell(value === null ? '' : note === '' ? texts.thanks : texts.noteSent);
      return true;
    } catch {
      tell(texts.feedbackFailed);
      return false;
    }
  }

  async function press(value: Value | null): Promise<void> {
    // What was said of a bad answer is not said of a good one: it goes back into the box.
    const note = turn.rating?.note ?? '';
    if (!(await send(value, ''))) return;
    if (note !== '' && box.value.trim() === '') type(note);
    changing = false;
    draw();
    reveal(below);
  }

  async function sendNote(): Promise<void> {
    const note = box.value.trim();
    // The note stays in its box when it could not be sent.
    if (!turn.rating || (note === '' && !changing) || !(await send(turn.rating.value, note))) return;
    type('');
    changing = false;
    const root = form.getRootNode() as ShadowRoot | Document;
    const hadFocus = form.contains(root.activeElement);
    draw();
    if (hadFocus) (change.hidden ? box : change).focus({ preventScroll: true });
    reveal(below);
  }

  function tell(sentence: string): void {
    told.textContent = sentence;
    if (sentence) announce(sentence);
  }

  box.addEventListener('input', () => memory.keepDraft(box.value, turn.id));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    inTurn(form, sendNote);
  });
  change.addEventListener('click', () => {
    changing = true;
    type(turn.rating?.note ?? '');
    draw();
    box.focus({ preventScroll: true });
    reveal(below);
  });
  draw();
  return { thumbs, below, draw };
}
