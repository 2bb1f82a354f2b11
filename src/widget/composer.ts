/** Where a question is typed. While one is being answered, its button stops that; typing goes on. */
import type { WidgetTexts } from '../texts.ts';
import { element } from './element.ts';

export interface Composer {
  element: HTMLFormElement;
  busy: (now: boolean) => void;
  /** Puts a question into the box, to be changed. What was typed there stays, below it. */
  put: (question: string) => void;
  focus: () => void;
}

export interface ComposerActions {
  onAsk: (question: string) => void;
  onStop: () => void;
  /** Asked while another is being answered. */
  onImpatience: () => void;
  onDraft: (draft: string) => void;
}

export function createComposer(texts: WidgetTexts, draft: string, actions: ComposerActions): Composer {
  const box = element('textarea', {
    rows: 1,
    dir: 'auto',
    part: 'input',
    value: draft,
    placeholder: texts.placeholder,
    enterKeyHint: 'send',
    autocomplete: 'off',
    attributes: { 'aria-label': texts.question },
  });
  const button = element('button', { type: 'submit', part: 'send', className: 'send' }, texts.ask);
  const form = element(
    'form',
    { part: 'composer', className: 'composer' },
    element('div', { className: 'line' }, box, button),
  );
  let answering = false;

  function changed(): void {
    grow();
    actions.onDraft(box.value);
  }

  /** Where the style sheet cannot do it (`field-sizing`). */
  function grow(): void {
    if (CSS.supports('field-sizing', 'content')) return;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }

  function submit(): void {
    const question = box.value.trim();
    if (question === '') box.focus();
    else if (answering) actions.onImpatience();
    else {
      box.value = '';
      changed();
      actions.onAsk(question);
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (answering) actions.onStop();
    else submit();
  });
  box.addEventListener('input', changed);
  box.addEventListener('keydown', (event) => {
    // While a character is being composed (Japanese, Chinese, …), Enter belongs to the keyboard.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });

  return {
    element: form,
    busy(now) {
      answering = now;
      button.textContent = now ? texts.stop : texts.ask;
      button.classList.toggle('stop', now);
    },
    put(question) {
      box.value = box.value.trim() === '' ? question : `${question}\n${box.value}`;
      changed();
      box.focus();
    },
    focus: () => box.focus({ preventScroll: true }),
  };
}
