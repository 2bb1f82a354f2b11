/** `<pullquote-chat>`: a conversation with the documents of a Pullquote server, in place or, with `bubble`, behind a button in the corner. */
import { spokenLanguage, widgetTexts } from '../texts.ts';
import answerStyles from './answer.css';
import { type Bubble, createBubble, phone } from './bubble.ts';
import { type Chat, createChat } from './chat.ts';
import { element, icon } from './element.ts';
import { createEndpoint } from './endpoint.ts';
import { createMemory, type Memory, openness } from './memory.ts';
import sourceStyles from './source.css';
import type { Persistence } from './storage.ts';
import widgetStyles from './widget.css';

/** Attributes that change what is drawn. `theme` and `position` are for the style sheet alone. */
const drawn = ['endpoint', 'title', 'greeting', 'suggestions', 'language', 'documents', 'persist', 'bubble'];

/** Constructed, not written into the page: a strict Content-Security-Policy lets it pass. Shared by all elements. */
let styles: CSSStyleSheet[] | null = null;

function styleSheets(): CSSStyleSheet[] {
  styles ??= [widgetStyles, answerStyles, sourceStyles].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return styles;
}

export class PullquoteChat extends HTMLElement {
  static readonly observedAttributes = [...drawn, 'open'];

  /** Where the script came from: the server to ask unless `endpoint` names another. */
  static home = `${location.origin}/`;

  #chat: Chat | null = null;
  #bubble: Bubble | null = null;
  #memory: Memory | null = null;
  /** Tells this element's talk from those of others on the page; '' for the first. */
  #which: string | null = null;
  #stale = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = styleSheets();
    root.addEventListener('keydown', (event) => this.#onKey(event as KeyboardEvent));
  }

  connectedCallback(): void {
    this.#which ??= whichOf(this);
    window.addEventListener('storage', this.#onStorage);
    window.addEventListener('pagehide', this.#onLeave);
    window.addEventListener('pageshow', this.#onReturn);
    if (this.#chat === null) this.#draw();
    else this.#drawAnew();
  }

  disconnectedCallback(): void {
    window.removeEventListener('storage', this.#onStorage);
    window.removeEventListener('pagehide', this.#onLeave);
    window.removeEventListener('pageshow', this.#onReturn);
    // One that is moved in the page is taken out and put in at once, and goes on.
    queueMicrotask(() => {
      if (!this.isConnected) this.#chat?.stop();
    });
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || this.#chat === null) return;
    if (name === 'open') this.#toggle();
    else this.#drawAnew();
  }

  get open(): boolean {
    return this.hasAttribute('open');
  }

  set open(now: boolean) {
    this.toggleAttribute('open', now);
  }

  /** Several attributes that change together are drawn once, and an answer under way is waited for. */
  #drawAnew(): void {
    if (this.#stale) return;
    this.#stale = true;
    void this.#chat?.idle().then(() => {
      this.#stale = false;
      if (this.isConnected) this.#draw();
    });
  }

  #draw(): void {
    this.#chat?.stop();
    const wasTyping = this.shadowRoot?.activeElement instanceof HTMLTextAreaElement;
    const language = this.#language();
    const texts = widgetTexts[language] ?? widgetTexts.en;
    if (!texts) return;
    const base = endpointOf(this.getAttribute('endpoint'));
    const isBubble = this.hasAttribute('bubble');
    const title = this.getAttribute('title');
    const documents = listOf(this.getAttribute('documents'));
    const close = element(
      'button',
      { type: 'button', className: 'plain', title: texts.close, attributes: { 'aria-label': texts.close } },
      icon('close'),
    );
    close.addEventListener('click', () => {
      this.open = false;
    });
    const header =
      isBubble || title !== null
        ? element(
            'header',
            { className: 'head', part: 'header' },
            element('h2', { dir: 'auto', part: 'title' }, title ?? texts.title),
            isBubble && close,
          )
        : null;
    const persistence = persistenceOf(this.getAttribute('persist'));
    this.#memory = createMemory(persistence, [base, ...documents, this.#which].filter(Boolean).join(' '));
    const chat = createChat({
      texts,
      language,
      endpoint: createEndpoint(base),
      memory: this.#memory,
      greeting: this.getAttribute('greeting') ?? texts.greeting,
      suggestions: listOf(this.getAttribute('suggestions')),
      documents: documents.length > 0 ? documents : null,
      header,
      onSource: (open) => this.#bubble?.widen(open),
      onOutcome: () => this.#bubble?.notify(),
    });
    this.#chat = chat;
    this.#bubble = isBubble
      ? createBubble({
          texts,
          title: title ?? texts.title,
          content: chat.element,
          onToggle: (open) => {
            this.open = open;
          },
          dismiss: chat.dismiss,
          focus: chat.focus,
        })
      : null;
    // An empty title of its own keeps the element's from showing as a tooltip over everything.
    const content = this.#bubble?.elements ?? [chat.element];
    this.shadowRoot?.replaceChildren(element('div', { className: 'root', lang: language, title: '' }, ...content));
    // Who goes on to the site's next page finds the window as it was; on a phone it would cover that page.
    const open = this.open || (isBubble && openness.was() && !matchMedia(phone).matches);
    this.#bubble?.toggle(open, false);
    this.open = open;
    chat.appear();
    if (wasTyping) chat.focus();
  }

  /** Makes the window what the attribute says. */
  #toggle(): void {
    if (this.#bubble === null) return;
    this.#bubble.toggle(this.open, true);
    openness.keep(this.open);
    if (this.open) this.#chat?.appear();
    this.dispatchEvent(new CustomEvent(this.open ? 'pullquote-open' : 'pullquote-close'));
  }

  /** The talk went on in another tab. */
  readonly #onStorage = (event: StorageEvent): void => {
    if (this.#memory?.concerns(event)) this.#chat?.sync();
  };

  readonly #onLeave = (): void => this.#chat?.leave();

  /** Back to a page that the browser had kept: the talk may have gone on elsewhere in the site. */
  readonly #onReturn = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) this.#chat?.sync();
  };

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing) return;
    const inside = this.#chat?.dismiss() ?? false;
    if (!inside && (this.#bubble === null || !this.open)) return;
    if (!inside) this.open = false;
    // The dialog's own Escape must not close what lies below as well.
    event.preventDefault();
    event.stopPropagation();
  }

  #language(): string {
    const asked = this.getAttribute('language');
    if (asked === 'auto') return spokenLanguage(navigator.languages);
    const around = this.closest('[lang]')?.getAttribute('lang');
    return spokenLanguage([asked, around, ...navigator.languages].filter((tag) => typeof tag === 'string'));
  }
}

/** Of several elements on a page each has a talk of its own: by its id, else by its place among them. */
function whichOf(element: HTMLElement): string {
  if (element.id) return `#${element.id}`;
  const place = [...document.querySelectorAll(element.localName)].indexOf(element);
  return place > 0 ? `#${place + 1}` : '';
}

/** The server to ask: where the script came from, where the attribute names no address. */
function endpointOf(attribute: string | null): string {
  if (attribute !== null && URL.canParse(attribute, location.href)) {
    const { protocol, href } = new URL(attribute, location.href);
    if (/^https?:$/.test(protocol)) return href;
  }
  if (attribute !== null) console.error(`pullquote: endpoint="${attribute}" is no http(s) address`);
  return PullquoteChat.home;
}

/** Parts between vertical bars. */
function listOf(attribute: string | null): string[] {
  const parts = (attribute ?? '').split('|').map((part) => part.trim());
  return parts.filter((part) => part !== '');
}

const persistenceOf = (attribute: string | null): Persistence =>
  attribute === 'browser' || attribute === 'none' ? attribute : 'tab';
