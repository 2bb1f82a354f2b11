/** The round button in the corner, and the window that it opens: beside the page on a desktop, all of the screen on a phone. */
import type { WidgetTexts } from '../texts.ts';
import { element, icon } from './element.ts';

export interface Bubble {
  elements: HTMLElement[];
  /** Opens or closes, without telling anyone. */
  toggle: (open: boolean, focused: boolean) => void;
  /** Makes room for a document beside the conversation. */
  widen: (wide: boolean) => void;
  /** Something came that whoever closed the window was waiting for. */
  notify: () => void;
}

export interface BubbleOptions {
  texts: WidgetTexts;
  title: string;
  content: HTMLElement;
  /** Asked to open or close. */
  onToggle: (open: boolean) => void;
  /** Escape, or a phone's way back. True if something inside went instead. */
  dismiss: () => boolean;
  focus: () => void;
}

/** As the style sheet has it: below this, the window takes the whole screen. */
export const phone = '(max-width: 30rem), (max-height: 28rem)';

export function createBubble({ texts, title, content, onToggle, dismiss, focus }: BubbleOptions): Bubble {
  const launcher = element(
    'button',
    {
      type: 'button',
      className: 'launcher',
      part: 'launcher',
      attributes: { 'aria-haspopup': 'dialog', 'aria-expanded': 'false' },
    },
    icon('quote'),
  );
  const dialog = element(
    'dialog',
    { className: 'window', part: 'window', attributes: { 'aria-label': title } },
    content,
  );
  launcher.setAttribute('aria-label', texts.open);
  launcher.addEventListener('click', () => onToggle(!dialog.open));
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (!dismiss()) onToggle(false);
  });
  // However it was closed.
  dialog.addEventListener('close', () => {
    if (!dialog.open) onToggle(false);
  });

  /** The on-screen keyboard covers the page; what is left is the visual viewport. */
  function fitScreen(): void {
    const { height, offsetTop } = window.visualViewport ?? { height: innerHeight, offsetTop: 0 };
    dialog.style.setProperty('--window-height', `${height}px`);
    dialog.style.setProperty('--window-top', `${offsetTop}px`);
  }

  const screen = matchMedia(phone);

  function show(): void {
    if (screen.matches) dialog.showModal();
    else dialog.show();
  }

  /** A phone is turned, a window made wider: only what covers the whole screen is modal. */
  function reopen(): void {
    const focused = focusedIn(dialog);
    dialog.close();
    show();
    focused?.focus({ preventScroll: true });
  }

  return {
    elements: [launcher, dialog],
    toggle(open, focused) {
      if (open === dialog.open) return;
      launcher.classList.remove('news');
      launcher.setAttribute('aria-expanded', String(open));
      launcher.setAttribute('aria-label', open ? texts.close : texts.open);
      launcher.replaceChildren(icon(open ? 'close' : 'quote'));
      const viewport = window.visualViewport;
      if (!open) {
        viewport?.removeEventListener('resize', fitScreen);
        viewport?.removeEventListener('scroll', fitScreen);
        screen.removeEventListener('change', reopen);
        // The page may have closed it while somebody types elsewhere.
        const hadFocus = focusedIn(dialog) !== null;
        dialog.close();
        if (hadFocus) launcher.focus({ preventScroll: true });
        return;
      }
      fitScreen();
      viewport?.addEventListener('resize', fitScreen);
      viewport?.addEventListener('scroll', fitScreen);
      screen.addEventListener('change', reopen);
      if (screen.matches || focused) show();
      // Without the focus, which is the page's.
      else dialog.open = true;
      // With a finger, the keyboard would cover the greeting at once.
      if (focused && matchMedia('(hover: hover)').matches) focus();
    },
    widen: (wide) => void dialog.classList.toggle('wide', wide),
    notify() {
      if (dialog.open) return;
      launcher.classList.add('news');
      launcher.setAttribute('aria-label', texts.news);
    },
  };
}

function focusedIn(dialog: HTMLElement): HTMLElement | null {
  const root = dialog.getRootNode() as ShadowRoot | Document;
  return root.activeElement instanceof HTMLElement && dialog.contains(root.activeElement) ? root.activeElement : null;
}
