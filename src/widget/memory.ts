/** The talk as it outlives a page: kept by the browser, per tab or for all of them. */
import type { Answer } from '../types.ts';
import type { Failure } from './failure.ts';
import { type Persistence, storageOf } from './storage.ts';

/** One question, and what became of it. */
export interface Turn {
  /** Of this turn alone, in all tabs. */
  id: string;
  /** When it was first asked, in milliseconds: turns stand in this order. */
  asked: number;
  /** When it was last changed, in milliseconds: of two copies the later one counts. */
  changed: number;
  question: string;
  /** `interrupted`: the page was left before the answer was there. */
  state: 'asking' | 'answered' | 'stopped' | 'interrupted' | 'failed';
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

/** Turns kept: an answer has some 10 kB, and the browser gives 5 MB to the whole site. */
const turnsKept = 30;
/** Ids of turns that were taken away: more than another tab can still have. */
const goneKept = 200;
/** Of what is stored; another is not read. */
const version = 2;

export interface Memory {
  /** True if other tabs may have the same talk open. */
  isShared: boolean;
  /**
   * Keeps these turns beside those of other tabs, each as it was changed last, and forgets those with these ids in all of them. All turns as they
   * stand now, oldest first; those given are updated in place.
   */
  save: (turns: readonly Turn[], gone?: readonly string[]) => Turn[];
  /** What was typed and not sent yet, in this tab: a question, or the note on the turn with that id. */
  draft: (turn?: string) => string;
  keepDraft: (draft: string, turn?: string) => void;
  /** Whether a change of the browser's storage is one of this talk, made in another tab. */
  concerns: (event: StorageEvent) => boolean;
}

/** @param of What the talk is with: talks with other servers or about other documents are kept apart. */
export function createMemory(persistence: Persistence, of: string): Memory {
  const key = `pullquote:${of}`;
  const storage = storageOf(persistence);
  const drafts = storageOf(persistence === 'none' ? 'none' : 'tab');
  const draftKey = (turn?: string) => [key, 'draft', ...(turn ? [turn] : [])].join(' ');
  /** What was taken away here: another tab that has not heard of it yet may write it once more. */
  const goneHere = new Set<string>();

  function read(): Stored {
    try {
      const stored: unknown = JSON.parse(storage.get(key) ?? 'null');
      if (isStored(stored)) return stored;
    } catch {
      // Not readable, or not ours.
    }
    return { version, gone: [], turns: [] };
  }

  /** Writes only what is news: other tabs are told of each change, and would write in turn. */
  function write(turns: Turn[], gone: string[], stored: Stored): void {
    const kept = turns.slice(-turnsKept);
    const newGone = gone.slice(-goneKept);
    if (stateOf({ turns: kept, gone: newGone }) === stateOf(stored)) return;
    storage.set(key, JSON.stringify({ version, gone: newGone, turns: kept }));
  }

  function merge(turns: readonly Turn[]): Turn[] {
    const stored = read();
    const allGone = [...new Set([...stored.gone, ...goneHere])];
    const own = new Map(turns.map((turn) => [turn.id, turn]));
    const others = stored.turns.filter((turn) => !own.has(turn.id));
    for (const turn of stored.turns) {
      const mine = own.get(turn.id);
      if (mine && turn.changed > mine.changed) Object.assign(mine, turn);
    }
    const now = [...turns, ...others]
      .filter(({ id }) => !allGone.includes(id))
      .sort((one, other) => one.asked - other.asked || (one.id < other.id ? -1 : 1));
    write(now, allGone, stored);
    return now;
  }

  return {
    isShared: persistence === 'browser',
    save(turns, gone = []) {
      for (const id of gone) {
        drafts.remove(draftKey(id));
        goneHere.add(id);
      }
      return merge(turns);
    },
    draft: (turn) => drafts.get(draftKey(turn)) ?? '',
    keepDraft(draft, turn) {
      if (draft === '') drafts.remove(draftKey(turn));
      else drafts.set(draftKey(turn), draft);
    },
    concerns: (event) => event.key === key && event.storageArea === storage.area,
  };
}

/** A name that no other tab gives. (`crypto.randomUUID` is for pages with TLS only.) */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('-');
}

/** Whether the window in the corner was open when the page was left: in this tab, whatever else is kept. */
export const openness = {
  was: (): boolean => storageOf('tab').get('pullquote:open') === 'yes',
  keep: (open: boolean): void => storageOf('tab').set('pullquote:open', open ? 'yes' : 'no'),
};

interface Stored {
  version: number;
  /** Ids of turns that were taken away, and must not come back from a tab that still has them. */
  gone: string[];
  turns: Turn[];
}

const stateOf = ({ turns, gone }: Pick<Stored, 'turns' | 'gone'>): string =>
  JSON.stringify([gone, turns.map(({ id, changed }) => [id, changed])]);

function isStored(stored: unknown): stored is Stored {
  const talk = stored as Stored | null;
  return (
    talk?.version === version &&
    Array.isArray(talk.gone) &&
    Array.isArray(talk.turns) &&
    talk.turns.every((turn) => typeof turn?.id === 'string' && typeof turn.question === 'string')
  );
}
