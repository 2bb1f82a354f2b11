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
import type { Memory, Talk, Turn } from './memory.ts';
import { openingElement } from './opening.ts';
import { createQuoteCard } from './quote-card.ts';
import { createSourcePanel } from './source-panel.ts';
import type { Stage } from './stage.ts';
import { createTurnView, type TurnView } from './turn-view.ts';

export interface ChatOptions {
  texts: WidgetTexts;
  language: string;
  endpoint: Endpoint;
  memory: Memory;
  /** The talk so far, if it is not to be loaded. */
  talk: Talk | null;
  greeting: string;
  /** Questions that the site's owner suggests. */
  suggestions: string[];
  /** The documents to ask (ids); null for all. */
  documents: string[] | null;
  /** What stands above the conversation; null for nothing. */
  header: HTMLElement | null;
  /** Told when a document is opened beside the conversation, and closed. */
  onSource: (open: boolean) => void;
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
  isAnswering: () => boolean;
  talk: Talk;
}

/** Milliseconds after which a person wonders. */
const long = 8_000;

export function createChat({ texts, language, endpoint, memory, ...options }: ChatOptions): Chat {
  const talk = options.talk ?? memory.load();
  const exchange = createExchange(endpoint, talk, options.documents);
  const views = new Map<Turn, TurnView>();
  /** Turns shown so far: no name is given twice. */
  let shown = 0;
  /** The answer under way. */
  let underWay: AbortController | null = null;

  const announcer = createAnnouncer();
  const basis = { texts, language, endpoint, announce: announcer.say };
  const box = element('div', { className: 'chat', part: 'chat' });
  const source = createSourcePanel(basis, toggleSource);
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
  const follow = createFollow(log);
  const composer = createComposer(texts, talk.draft, {
    onAsk: (question) => void ask(question),
    onStop: stop,
    onImpatience: () => announcer.say(texts.busy),
    onDraft(draft) {
      talk.draft = draft;
      memory.save(talk);
    },
  });
  const afresh = element('button', { type: 'button', className: 'plain afresh', part: 'new' }, texts.afresh);
  afresh.addEventListener('click', beginAfresh);
  composer.element.append(element('div', { className: 'foot' }, afresh));
  const conversation = element('section', { className: 'talk' }, options.header, log, composer.element);
  box.prepend(conversation, source.element);
  box.append(announcer.element);

  for (const turn of talk.turns) show(turn);
  refresh();

  function show(turn: Turn): TurnView {
    const view = createTurnView(turn, `turn-${++shown}`, stage, {
      retry: () => void answer(turn),
      edit() {
        remove(turn);
        composer.put(turn.question);
      },
      async rate(value, note) {
        await exchange.rate(turn, value, note);
        memory.save(talk);
      },
    });
    view.draw();
    views.set(turn, view);
    log.append(view.element);
    return view;
  }

  /** What depends on there being turns. */
  function refresh(): void {
    opening.hidden = talk.turns.length > 0;
    afresh.hidden = talk.turns.length === 0;
    memory.save(talk);
  }

  async function ask(question: string): Promise<void> {
    if (underWay) {
      announcer.say(texts.busy);
      return;
    }
    const turn: Turn = {
      question,
      state: 'asking',
      answer: null,
      conversationId: null,
      expired: false,
      failure: null,
      rating: null,
    };
    talk.turns.push(turn);
    show(turn);
    refresh();
    await answer(turn);
  }

  async function answer(turn: Turn): Promise<void> {
    const view = views.get(turn);
    if (underWay || !view) return;
    const controller = new AbortController();
    underWay = controller;
    Object.assign(turn, { state: 'asking', failure: null });
    view.draw();
    follow.to(view.element);
    composer.busy(true);
    keepFocus();
    announcer.say(texts.reading);
    const wonder = setTimeout(() => {
      view.slow();
      announcer.say(texts.slow);
    }, long);
    try {
      let text = '';
      const onText = (sofar: string, citations: Map<number, Citation>) => {
        text = sofar;
        view.live(text, citations);
        follow.on(view.element);
        announcer.follow(text);
      };
      await exchange.receive(turn, onText, controller.signal);
      const { kind = null, citations = [] } = turn.answer ?? {};
      announcer.finish(kind === 'unanswered' ? '' : text);
      announcer.say(kind === 'unanswered' ? texts.unanswered : texts.complete(citations.length));
    } catch (error) {
      announcer.finish('');
      if (controller.signal.aborted) Object.assign(turn, { state: 'stopped' });
      else {
        const failure =
          error instanceof AskFailed ? error.failure : { code: 'OTHER', retryAfter: null, requestId: null };
        Object.assign(turn, { state: 'failed', failure });
      }
      announcer.say(turn.failure ? describe(turn.failure, texts) : texts.stopped);
    } finally {
      clearTimeout(wonder);
      card.hide();
      underWay = null;
      composer.busy(false);
      if (talk.turns.includes(turn)) {
        view.draw();
        follow.on(view.element);
      }
      refresh();
    }
  }

  /** What was pressed may be gone now. With a finger the focus leaves the box: its keyboard would cover the answer. */
  function keepFocus(): void {
    const root = box.getRootNode();
    const inComposer = root instanceof ShadowRoot && composer.element.contains(root.activeElement);
    if (!matchMedia('(hover: hover)').matches) log.focus({ preventScroll: true });
    else if (!inComposer) composer.focus();
  }

  function remove(turn: Turn): void {
    views.get(turn)?.element.remove();
    views.delete(turn);
    talk.turns.splice(talk.turns.indexOf(turn), 1);
    refresh();
  }

  function beginAfresh(): void {
    stop();
    source.close();
    card.hide();
    for (const view of views.values()) view.element.remove();
    views.clear();
    Object.assign(talk, { conversationId: null, turns: [] });
    refresh();
    composer.focus();
  }

  function stop(): void {
    underWay?.abort();
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
    appear: () => follow.to([...views.values()].at(-1)?.element),
    focus: composer.focus,
    dismiss: () => card.hide() || source.close(),
    stop,
    isAnswering: () => underWay !== null,
    talk,
  };
}
