/** One question and what became of it. */
import type { Citation } from '../types.ts';
import { answerAsText } from './answer-as-text.ts';
import { answerElements, liveText, searchedNote } from './answer-view.ts';
import { copyText } from './copy-text.ts';
import { element } from './element.ts';
import { canRetry, describe } from './failure.ts';
import type { Turn } from './memory.ts';
import { ratingElements } from './rating.ts';
import type { Stage } from './stage.ts';

export interface TurnActions {
  /** Asks the same once more. */
  retry: () => void;
  /** Puts the question back into the box. */
  edit: () => void;
  rate: (value: 'up' | 'down' | null, note: string) => Promise<void>;
}

export interface TurnView {
  element: HTMLElement;
  /** Draws the turn as it is now. */
  draw: () => void;
  /** Draws what has come so far. */
  live: (text: string, citations: ReadonlyMap<number, Citation>) => void;
  /** Says that it takes long. */
  slow: () => void;
}

/** @param key Of this turn among those shown. */
export function createTurnView(turn: Turn, key: string, stage: Stage, actions: TurnActions): TurnView {
  const { texts } = stage;
  const article = element('article', { className: 'turn', part: 'turn', attributes: { 'aria-labelledby': key } });
  const heading = element('h2', { id: key, dir: 'auto', part: 'question' }, turn.question);
  const arriving = element('p', { className: 'arriving', dir: 'auto' });

  /** All of it but the question is the answer, and styled as such. */
  function show(...below: (HTMLElement | null | false)[]): void {
    const note = turn.expired && element('p', { className: 'note' }, texts.expired);
    const parts = [note, ...below].filter((part): part is HTMLElement => part !== null && part !== false);
    article.replaceChildren(heading, element('div', { className: 'answer', part: 'answer' }, ...parts));
  }

  function button(name: string, action: (pressed: HTMLButtonElement) => void): HTMLButtonElement {
    const made = element('button', { type: 'button', className: 'small' }, name);
    made.addEventListener('click', () => action(made));
    return made;
  }

  function answered(): (HTMLElement | null)[] {
    const { answer } = turn;
    if (answer === null) return [];
    const percent = new Intl.NumberFormat(stage.language, { style: 'percent' }).format(answer.confidence);
    const rating = ratingElements(turn, stage, actions.rate);
    const copy = button(texts.copy, async (pressed) => {
      const text = answerAsText(answer, texts, stage.language, (citation) => stage.endpoint.passage(citation));
      const done = await copyText(text, pressed);
      pressed.textContent = done ? texts.copied : texts.notCopied;
      stage.announce(pressed.textContent);
    });
    return [
      searchedNote(answer, stage),
      ...answerElements(answer, stage, key),
      element(
        'div',
        { className: 'actions' },
        copy,
        ...rating.thumbs,
        answer.kind === 'answered' &&
          element('span', { className: 'sure', title: texts.sureHint }, texts.sure(percent)),
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

  function draw(): void {
    const { state, failure } = turn;
    article.classList.toggle('asking', state === 'asking');
    if (state === 'asking') {
      arriving.replaceChildren();
      show(element('p', { className: 'reading' }, texts.reading));
    } else if (state === 'answered') show(...answered());
    else if (state === 'stopped') show(...unfinished(texts.stopped, true));
    else show(...unfinished(failure ? describe(failure, texts) : texts.failures.OTHER, !failure || canRetry(failure)));
  }

  return {
    element: article,
    draw() {
      try {
        draw();
      } catch {
        // From another server than we take it for, or kept by another version of this script.
        const failure = { code: 'UNREADABLE', retryAfter: null, requestId: null };
        Object.assign(turn, { state: 'failed', answer: null, failure });
        draw();
      }
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
