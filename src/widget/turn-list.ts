/** The turns of a conversation and what is shown of each, kept in step with the browser's other tabs. */
import type { Memory, Turn } from './memory.ts';
import { newId } from './memory.ts';
import type { TurnView } from './turn-view.ts';

export interface TurnList {
  /** Oldest first. */
  turns: () => readonly Turn[];
  view: (turn: Turn) => TurnView | undefined;
  last: () => TurnView | undefined;
  /** A new turn at the end, being asked. */
  add: (question: string) => Turn;
  /** Changes a turn and keeps it. What is shown of it is for the caller. */
  change: (turn: Turn, change: Partial<Turn>) => void;
  remove: (turn: Turn) => void;
  /** Takes all away; they can be restored. */
  clear: () => void;
  restore: () => void;
  /** How many could be restored. */
  cleared: () => number;
  /** Takes over what other tabs have changed, and shows that. */
  sync: () => void;
  /** The conversation to go on with; null for a new one. */
  conversationId: () => string | null;
}

export interface TurnListOptions {
  log: HTMLElement;
  memory: Memory;
  draw: (turn: Turn, key: string) => TurnView;
  /** The turn that this tab is asking. */
  underWay: () => Turn | null;
  /** Told when there are more or fewer. */
  onChange: () => void;
}

export function createTurnList({ log, memory, draw, underWay, onChange }: TurnListOptions): TurnList {
  let turns: Turn[] = [];
  let removed: Turn[] = [];
  const views = new Map<Turn, TurnView>();
  /** Turns shown so far: no name is given twice. */
  let shown = 0;

  function keep(gone: string[] = []): void {
    turns = memory.save(turns, gone);
    const asking = underWay();
    if (asking && !turns.includes(asking)) {
      // Another tab began afresh meanwhile: this is the first turn of the new conversation.
      asking.id = newId();
      turns = memory.save([...turns, asking]);
    }
    show();
  }

  /** Only what is new or changed: the reader may be anywhere in the rest. */
  function show(): void {
    for (const [turn, view] of views) {
      if (turns.includes(turn)) continue;
      view.element.remove();
      views.delete(turn);
    }
    let before: Element | null = null;
    for (const turn of turns) {
      const view = views.get(turn) ?? draw(turn, `turn-${++shown}`);
      if (!views.has(turn)) {
        views.set(turn, view);
        const next: ChildNode | null = before ? before.nextSibling : (log.querySelector('.turn') ?? null);
        log.insertBefore(view.element, next);
        view.draw();
      } else if (turn !== underWay()) view.refresh();
      before = view.element;
    }
    onChange();
  }

  function remove(some: Turn[]): void {
    turns = turns.filter((turn) => !some.includes(turn));
    keep(some.map(({ id }) => id));
  }

  return {
    turns: () => turns,
    view: (turn) => views.get(turn),
    last: () => views.get(turns.at(-1) as Turn),
    add(question) {
      const asked = Math.max(Date.now(), (turns.at(-1)?.asked ?? 0) + 1);
      const turn: Turn = {
        id: newId(),
        asked,
        changed: asked,
        question,
        state: 'asking',
        answer: null,
        conversationId: null,
        expired: false,
        failure: null,
        rating: null,
      };
      removed = [];
      turns = [...turns, turn];
      keep();
      return turn;
    },
    change(turn, change) {
      Object.assign(turn, change, { changed: Math.max(Date.now(), turn.changed + 1) });
      keep();
    },
    remove: (turn) => remove([turn]),
    clear() {
      removed = [...turns];
      remove(removed);
    },
    restore() {
      // Under new names: the old ones are gone in all tabs.
      turns = [...turns, ...removed.map((turn) => ({ ...turn, id: newId() }))];
      removed = [];
      keep();
    },
    cleared: () => removed.length,
    sync: () => keep(),
    conversationId: () => turns.findLast((turn) => turn.conversationId !== null)?.conversationId ?? null,
  };
}
