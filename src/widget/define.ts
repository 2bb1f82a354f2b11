/** What `/widget.js` does: it defines `<pullquote-chat>` and, where the page holds none of its own, makes the bubble. */
import { PullquoteChat } from './pullquote-chat.ts';

/** Attributes of the element that the script may carry as `data-…`. */
const passedOn = [
  'endpoint',
  'title',
  'greeting',
  'suggestions',
  'language',
  'documents',
  'persist',
  'position',
  'theme',
] as const;

/** Only known while the script first runs. A module has none. */
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;

if (script?.src) PullquoteChat.home = new URL('.', script.src).href;

// A page may load the script twice.
if (!customElements.get('pullquote-chat')) {
  customElements.define('pullquote-chat', PullquoteChat);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', makeBubble);
  else makeBubble();
}

function makeBubble(): void {
  if (script === null || script.dataset.bubble === 'no' || document.querySelector('pullquote-chat')) return;
  const chat = document.createElement('pullquote-chat');
  for (const name of passedOn) {
    const value = script.dataset[name];
    if (value !== undefined) chat.setAttribute(name, value);
  }
  chat.setAttribute('bubble', '');
  document.body.append(chat);
}
