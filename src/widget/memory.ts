/** The talk as it outlives a page: kept by the browser, per tab or for all of them. */
import type { Answer } from '../types.ts';
import type { Failure } from './failure.ts';

/** One question, and what became of it. */
export interface Turn {
  question: string;
  state: 'asking' | 'answered' | 'stopped' | 'failed';
  /** Once it has come. */
  answer: Answer | null;
  /** The conversation that the server counts it to. */
  conversationId: string | null;
  /** True if the conversation before had expired, so that this was asked on its own. */
  expired: boolean;
  failure: Failure | null;
  /** The reader's judgement, with the id under which the server keeps it. */
  rating: { value: 'up' | 'down'; id: string; note: string } | null;
}

export interface Talk {
  /** To go on with; null for a new one. */
  conversationId: string | null;
  turns: Turn[];
  /** Typed and not asked yet: of this tab, whatever else is shared. */
  draft: string;
}

export type Persistence = 'tab' | 'browser' | 'none';

/** Turns kept: an answer has some 10 kB, and the browser gives 5 MB to the whole site. */
const turnsKept = 30;
/** Of what is stored; another is not read. */
const version = 1;

export interface Memory {
  load: () => Talk;
  save: (talk: Talk) => void;
  /** Whether a change of the browser's storage is one of this talk, made in another tab. */
  concerns: (event: StorageEvent) => boolean;
}

/** @param of What the talk is with: talks with other servers or about other documents are kept apart. */
export function createMemory(persistence: Persistence, of: string): Memory {
  const key = `pullquote:${of}`;
  const storage = storageOf(persistence);
  const drafts = storageOf(persistence === 'none' ? 'none' : 'tab');
  return {
    load() {
      const draft = drafts?.getItem(`${key} draft`) ?? '';
      try {
        const stored: unknown = JSON.parse(storage?.getItem(key) ?? 'null');
        if (isTalk(stored)) return { ...stored, turns: stored.turns.map(settled), draft };
      } catch {
        // Not readable, or not ours.
      }
      return { conversationId: null, turns: [], draft };
    },
    save({ conversationId, turns, draft }) {
      try {
        drafts?.setItem(`${key} draft`, draft);
        storage?.setItem(key, JSON.stringify({ version, conversationId, turns: turns.slice(-turnsKept) }));
      } catch {
        // No room: the talk goes on without outliving the page.
      }
    },
    concerns: (event) => event.key === key && event.storageArea === storage,
  };
}

/** Whether the window in the corner was open when the page was left: in this tab, whatever else is kept. */
export const openness = {
  was: (): boolean => storageOf('tab')?.getItem('pullquote:open') === 'yes',
  keep(open: boolean): void {
    try {
      storageOf('tab')?.setItem('pullquote:open', open ? 'yes' : 'no');
    } catch {
      // No room: the window begins closed on the next page.
    }
  },
};

/** A page may forbid storage, and then even looking at it throws. */
function storageOf(persistence: Persistence): Storage | null {
  try {
    if (persistence === 'none') return null;
    return persistence === 'browser' ? localStorage : sessionStorage;
  } catch {
    return null;
  }
}

type Stored = Pick<Talk, 'conversationId' | 'turns'> & { version: number };

function isTalk(stored: unknown): stored is Stored {
  const talk = stored as Stored | null;
  return (
    talk?.version === version &&
    Array.isArray(talk.turns) &&
    talk.turns.every((turn) => typeof turn?.question === 'string' && typeof turn.state === 'string')
  );
}

/** A turn as it is taken over: nobody waits any more for what was under way before. */
export const settled = (turn: Turn): Turn => (turn.state === 'asking' ? { ...turn, state: 'stopped' } : turn);
