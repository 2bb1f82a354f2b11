/** The conversation: what is asked, what comes, and what is shown of it. */
import type { WidgetTexts } from '../texts.ts';
import type { Citation } from '../types.ts';
import { createAnnouncer } from './announcer.ts';
import { createComposer } from './composer.ts';
import { element } from './element.ts';
import type { Endpoint } from './endpoint.ts';
import { createExchange } from './exchange.ts';
import { AskFailed, describe } from './failure.ts';
import { createFollow } from './follow.ts';
import type { Memory, Turn } from './memory.ts';
import { openingElement } from './opening.ts';
import { createQuoteCard } from './quote-card.ts';
import { createSourcePanel } from './source-panel.ts';
import type { Stage } from './stage.ts';
import { createTurnList } from './turn-list.ts';
import { createTurnView } from './turn-view.ts';

export interface ChatOptions {
  texts: WidgetTexts;
  language: string;
  endpoint: Endpoint;
  memory: Memory;
  greeting: string;
  /** Questions that the site's owner suggests. */
  suggestions: string[];
  /** The documents to ask (ids); null for all. */
  documents: string[] | null;
  /** What stands above the conversation; null for nothing. */
  header: HTMLElement | null;
  /** Told when a document is opened beside the conversation, and closed. */
  onSource: (open: boolean) => void;
  /** Told when an answer is there, or will not come. */
  onOutcome: () => void;
}

export interface Chat {
  element: HTMLElement;
  /** To be called once it can be seen: the last answer is brought into view. */
  appear: () => void;
  focus: () => void;
  /** Takes back what is on top: the card, then the document. False if nothing was. */
  dismiss: () => boolean;
  /** Stops what is under way. */
  stop: () => void;
  /** The page is being left: what is under way is marked as such. */
  leave: () => void;
  /** Resolves once no answer is under way. */
  idle: () => Promise<void>;
  /** Takes over what other tabs have changed. */
  sync: () => void;
}

/** Milliseconds after which a person wonders. */
const long = 8_000;
/** Milliseconds after which another tab that was asking is taken for gone. */
const gone = 90_000;

export function createChat({ texts, language, endpoint, memory, ...options }: ChatOptions): Chat {
  const exchange = createExchange(endpoint, options.documents);
  /** The answer under way. */
  let underWay: { turn: Turn; stopping: AbortController; done: Promise<void> } | null = null;

  const announcer = createAnnouncer();
  const basis = { texts, language, endpoint, announce: announcer.say };
  const box = element('div', { className: 'chat', part: 'chat' });
  const source = createSourcePanel(basis, toggleSource, (opener) =>
    card.quietly(() => (opener.isConnected ? opener.focus({ preventScroll: true }) : composer.focus())),
  );
  const card = createQuoteCard(box, { ...basis, openSource: source.open });
  const stage: Stage = { ...basis, openSource: source.open, mark: card.mark };

  const opening = openingElement(options.greeting, options.suggestions, texts, (question) => void ask(question));
  // What is said politely is said by the announcer, in whole sentences; the log itself stays silent.
  const log = element(
    'div',
    {
      className: 'log',
      part: 'log',
      tabIndex: 0,
      attributes: { role: 'log', 'aria-live': 'off', 'aria-label': texts.log },
    },
    opening,
  );
  log.addEventListener('blur', () => log.classList.remove('given'));
  const follow = createFollow(log);
  const composer = createComposer(texts, memory.draft(), {
    onAsk: (question) => void ask(question),
    onStop: stop,
    onImpatience: () => announcer.say(texts.busy),
    onDraft: (draft) => memory.keepDraft(draft),
  });
  const small = (words: string, part: string, action: () => void) => {
    const button = element('button', { type: 'button', className: 'plain afresh', part }, words);
    button.addEventListener('click', action);
    return button;
  };
  const afresh = small(texts.afresh, 'new', beginAfresh);
  const restore = small(texts.restore, 'restore', () => {
    list.restore();
    composer.focus();
    follow.to(list.last()?.element);
  });
  composer.element.append(element('div', { className: 'foot' }, afresh, restore));
  const conversation = element('section', { className: 'talk' }, options.header, log, composer.element);
  box.prepend(conversation, source.element);
  box.append(announcer.element);

  const list = createTurnList({
    log,
    memory,
    underWay: () => underWay?.turn ?? null,
    onChange: refresh,
    draw: (turn, key) =>
      createTurnView(turn, key, stage, {
        memory,
        reveal: follow.reveal,
        retry: () => void answer(turn),
        edit() {
          list.remove(turn);
          composer.put(turn.question);
        },
        async rate(value, note) {
          const turns = list.turns();
          const rating = await exchange.rate(turn, turns.slice(0, turns.indexOf(turn)), value, note);
          list.change(turn, { rating });
        },
        askedBy() {
          if (underWay?.turn === turn) return 'us';
          return memory.isShared && Date.now() - turn.changed < gone ? 'another' : 'nobody';
        },
      }),
  });
  list.sync();

  /** What depends on there being turns. */
  function refresh(): void {
    const isEmpty = log.querySelector('.turn') === null;
    opening.hidden = !isEmpty;
    afresh.hidden = isEmpty;
    restore.hidden = !isEmpty || list.cleared() === 0;
  }

  async function ask(question: string): Promise<void> {
    if (underWay) announcer.say(texts.busy);
    else await answer(list.add(question));
  }

  function answer(turn: Turn): Promise<void> {
    if (underWay) return Promise.resolve();
    const stopping = new AbortController();
    // The last that is done about it is to forget that it was under way.
    underWay = { turn, stopping, done: Promise.resolve() };
    underWay.done = receive(turn, stopping.signal);
    return underWay.done;
  }

  async function receive(turn: Turn, signal: AbortSignal): Promise<void> {
    list.change(turn, { state: 'asking', failure: null });
    const view = list.view(turn);
    view?.draw();
    follow.to(view?.element);
    composer.busy(true);
    keepFocus();
    announcer.say(texts.reading);
    const wonder = setTimeout(() => {
      view?.slow();
      announcer.say(texts.slow);
    }, long);
    let change: Partial<Turn>;
    try {
      let text = '';
      const onText = (sofar: string, citations: Map<number, Citation>) => {
        text = sofar;
        view?.live(text, citations);
        if (view) follow.on(view.element);
        announcer.follow(text);
      };
      const asked = { question: turn.question, conversationId: list.conversationId() };
      const received = await exchange.receive(asked, onText, signal);
      const { kind = null, citations = [] } = received.answer ?? {};
      change = received;
      announcer.finish(kind === 'unanswered' ? '' : text);
      announcer.say(kind === 'unanswered' ? texts.unanswered : texts.complete(citations.length));
    } catch (error) {
      announcer.finish('');
      if (signal.aborted) change = { state: signal.reason === 'left' ? 'interrupted' : 'stopped' };
      else change = { state: 'failed', failure: (error instanceof AskFailed ? error : new AskFailed('OTHER')).failure };
      announcer.say(change.failure ? describe(change.failure, texts) : texts.stopped);
    } finally {
      clearTimeout(wonder);
    }
    card.hide();
    // While it still counts as under way: where another tab has begun afresh, it is the first turn of the new conversation.
    list.change(turn, change);
    if (underWay?.turn === turn) {
      underWay = null;
      composer.busy(false);
    }
    view?.refresh();
    if (view) follow.on(view.element);
    if (!signal.aborted) options.onOutcome();
  }

  /** What was pressed may be gone now. With a finger the focus leaves the box: its keyboard would cover the answer. */
  function keepFocus(): void {
    const root = box.getRootNode();
    const inComposer = root instanceof ShadowRoot && composer.element.contains(root.activeElement);
    if (!matchMedia('(hover: hover)').matches) {
      // Nobody looks for the focus there.
      log.classList.add('given');
      log.focus({ preventScroll: true });
    } else if (!inComposer) composer.focus();
  }

  function beginAfresh(): void {
    if (underWay) list.change(underWay.turn, { state: 'stopped' });
    stop();
    underWay = null;
    composer.busy(false);
    source.close();
    card.hide();
    list.clear();
    composer.focus();
  }

  function stop(): void {
    underWay?.stopping.abort();
  }

  /** Where the document covers the conversation, what is below it must not be reached. */
  function toggleSource(open: boolean): void {
    card.hide();
    box.classList.toggle('reading-source', open);
    options.onSource(open);
    cover();
  }
  function cover(): void {
    conversation.inert = !source.element.hidden && getComputedStyle(source.element).position === 'absolute';
  }
  new ResizeObserver(cover).observe(box);

  return {
    element: box,
    appear: () => follow.to(list.last()?.element),
    focus: composer.focus,
    dismiss: () => card.hide() || source.close(),
    stop,
    leave() {
      if (underWay === null) return;
      // Now: nothing that is waited for happens any more.
      list.change(underWay.turn, { state: 'interrupted' });
      underWay.stopping.abort('left');
    },
    idle: async () => underWay?.done,
    sync: list.sync,
  };
}
