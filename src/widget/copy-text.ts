import { element } from './element.ts';

/** Copies text to the clipboard, also on pages without TLS, where the modern way is closed. True if it worked. */
export async function copyText(text: string, beside: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = element('textarea', { value: text, className: 'unseen', tabIndex: -1 });
    beside.after(box);
    box.select();
    const done = document.execCommand('copy');
    box.remove();
    beside.focus();
    return done;
  }
}
