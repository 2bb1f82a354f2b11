/** Conversations: what was asked and answered before, so that a follow-up can be understood. */
import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Turn } from './types.ts';

/** Where conversations are kept. Whoever knows an id may read on: ids cannot be guessed, and are never listed. */
export interface Conversations {
  /** Begins an empty conversation; its id. */
  create(): string;
  /** The turns so far, oldest first, or null if the id was never given out or has expired. Counts as use. */
  get(id: string): readonly Turn[] | null;
  /** Adds a turn. False, and nothing kept, if the conversation is not there (any more). */
  append(id: string, turn: Turn): boolean;
}

export interface ConversationOptions {
  /** Conversations kept; the one unused for longest makes room. */
  limit: number;
  /** Minutes without use after which a conversation is forgotten. */
  ttl: number;
  /** Milliseconds that only grow, so that a clock set back or forward expires nothing; default `performance.now`. */
  now?: () => number;
}

/** A follow-up looks back a turn or two; the rest is a bound on memory. */
const turnsKept = 50;

/** 144 bits: beyond guessing, and 24 characters without padding. (`randomUUID` has only 122.) */
const idBytes = 18;

/** Conversations in memory, bounded and expiring. */
export function createConversations({ limit, ttl, now = () => performance.now() }: ConversationOptions): Conversations {
  const kept = new LRUCache<string, readonly Turn[]>({
    max: limit,
    ttl: ttl * 60_000,
    ttlResolution: 0,
    updateAgeOnGet: true,
    perf: { now },
  });
  return {
    create() {
      const id = randomBytes(idBytes).toString('base64url');
      kept.set(id, []);
      return id;
    },
    get: (id) => kept.get(id) ?? null,
    append(id, turn) {
      const turns = kept.get(id);
      if (!turns) return false;
      // A new list: an answer under way keeps reading the turns that it began with.
      kept.set(id, [...turns, turn].slice(-turnsKept));
      return true;
    },
  };
}
