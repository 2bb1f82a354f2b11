/** One question and what became of it. */
import type { Citation } from '../types.ts';
import { answerAsText } from './answer-as-text.ts';
import { answerElements, liveText, searchedNote } from './answer-view.ts';
import { copyText } from './copy-text.ts';
import { element } from './element.ts';
import { canRetry, describe } from './failure.ts';
import type { Turn } from './memory.ts';
import { questionHeading } from './question-heading.ts';
import { createRating, type Rating, type RatingActions } from './rating.ts';
import type { Stage } from './stage.ts';
import { sureness } from './sureness.ts';

export interface TurnActions extends RatingActions {
  /** Asks the same once more. */
  retry: () => void;
  /** Puts the question back into the box. */
  edit: () => void;
  /** Who waits for the answer, if it is being asked: this tab, perhaps another one, or nobody any more. */
  askedBy: () => 'us' | 'another' | 'nobody';
}

export interface TurnView {
  element: HTMLElement;
  /** Draws the turn as it is now. */
  draw: () => void;
  /** Draws it if it has changed since. */
  refresh: () => void;
  /** Draws what has come so far. */
  live: (text: string, citations: ReadonlyMap<number, Citation>) => void;
  /** Says that it takes long. */
  slow: () => void;
}

/** Milliseconds after which to look again whether another tab still waits. */
const lookAgain = 15_000;

/** @param key Of this turn among those shown. */
export function createTurnView(turn: Turn, key: string, stage: Stage, actions: TurnActions): TurnView {
  const { texts } = stage;
  const article = element('article', { className: 'turn', part: 'turn', attributes: { 'aria-labelledby': key } });
  const heading = questionHeading(turn.question, key, texts);
  const arriving = element('p', { className: 'arriving', dir: 'auto' });
  let rating: Rating | null = null;
  let drawn = { changed: 0, state: '' };
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** All of it but the question is the answer, and styled as such. */
  function show(...below: (HTMLElement | null | false)[]): void {
    const note = turn.expired && element('p', { className: 'note' }, texts.expired);
    const parts = [note, ...below].filter((part): part is HTMLElement => part !== null && part !== false);
    article.replaceChildren(...heading, element('div', { className: 'answer', part: 'answer' }, ...parts));
  }

  function button(name: string, action: (pressed: HTMLButtonElement) => void): HTMLButtonElement {
    const made = element('button', { type: 'button', className: 'small' }, name);
    made.addEventListener('click', () => action(made));
    return made;
  }

  function answered(): (HTMLElement | null)[] {
    const { answer } = turn;
    if (answer === null) return [];
    rating = createRating(turn, stage, actions);
    const copy = button(texts.copy, async (pressed) => {
      const text = answerAsText(answer, texts, stage.language, (citation) => stage.endpoint.passage(citation));
      const done = await copyText(text, pressed);
      pressed.textContent = done ? texts.copied : texts.notCopied;
      stage.announce(pressed.textContent);
    });
    const sure = answer.kind === 'answered' && sureness(answer.confidence, texts, stage.language);
    return [
      searchedNote(answer, stage),
      ...answerElements(answer, stage, key),
      element(
        'div',
        { className: 'actions' },
        copy,
        ...rating.thumbs,
        sure && element('span', { className: 'sure', title: texts.sureHint }, sure),
      ),
      rating.below,
    ];
  }

  /** What was not answered, and the ways on. */
  function unfinished(sentence: string, retry: boolean): HTMLElement[] {
    const ways = [...(retry ? [button(texts.retry, actions.retry)] : []), button(texts.edit, actions.edit)];
    return [
      // What has come was checked by the server before it was sent.
      ...(arriving.hasChildNodes() ? [arriving] : []),
      element('p', { className: 'problem', part: 'problem' }, sentence),
      element('div', { className: 'actions' }, ...ways),
    ];
  }

  function waiting(): HTMLElement[] {
    const by = actions.askedBy();
    if (by === 'nobody') return unfinished(texts.interrupted, true);
    if (by === 'another') timer = setTimeout(() => article.isConnected && draw(), lookAgain);
    arriving.replaceChildren();
    return [element('p', { className: 'reading' }, by === 'us' ? texts.reading : texts.elsewhere)];
  }

  function draw(): void {
    const { state, failure, changed } = turn;
    clearTimeout(timer);
    rating = null;
    drawn = { changed, state };
    if (state === 'asking') show(...waiting());
    else if (state === 'answered') show(...answered());
    else if (state === 'stopped') show(...unfinished(texts.stopped, true));
    else if (state === 'interrupted') show(...unfinished(texts.interrupted, true));
    else show(...unfinished(failure ? describe(failure, texts) : texts.failures.OTHER, !failure || canRetry(failure)));
  }

  function drawSafely(): void {
    try {
      draw();
    } catch {
      // From another server than we take it for, or kept by another version of this script.
      const failure = { code: 'UNREADABLE', retryAfter: null, requestId: null };
      Object.assign(turn, { state: 'failed', answer: null, failure });
      draw();
    }
  }

  return {
    element: article,
    draw: drawSafely,
    refresh() {
      if (turn.changed === drawn.changed && turn.state === drawn.state) return;
      // Of an answer only its rating changes.
      if (rating && turn.state === 'answered') rating.draw();
      else drawSafely();
      drawn = { changed: turn.changed, state: turn.state };
    },
    live(text, citations) {
      arriving.replaceChildren(...liveText(text, citations, stage));
      if (!arriving.isConnected) show(arriving);
    },
    slow() {
      article.querySelector('.answer')?.append(element('p', { className: 'note' }, texts.slow));
    },
  };
}
