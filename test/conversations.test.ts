import { describe, expect, it } from 'vitest';
import { createConversations } from '../src/conversations.ts';
import type { Turn } from '../src/types.ts';
import { createFakeChatbot } from './support/fake-chatbot.ts';

const answer = await createFakeChatbot().ask('When did the harbour open?');
const turn = (question: string): Turn => ({ question, answer });

describe('createConversations', () => {
  it('keeps the turns of a conversation in order, and apart from others', () => {
    const conversations = createConversations({ limit: 10, ttl: 60 });
    const [one, two] = [conversations.create(), conversations.create()];
    expect(conversations.get(one)).toEqual([]);
    conversations.append(one, turn('a'));
    conversations.append(two, turn('b'));
    conversations.append(one, turn('c'));
    expect(conversations.get(one)?.map(({ question }) => question)).toEqual(['a', 'c']);
    expect(conversations.get(two)?.map(({ question }) => question)).toEqual(['b']);
  });

  it('knows only the ids that it gave out', () => {
    const conversations = createConversations({ limit: 10, ttl: 60 });
    for (const id of ['', '__proto__', 'x'.repeat(24)]) {
      expect(conversations.get(id)).toBeNull();
      expect(conversations.append(id, turn('a'))).toBe(false);
      expect(conversations.get(id)).toBeNull();
    }
  });

  it('gives out ids of at least 128 random bits', () => {
    const conversations = createConversations({ limit: 10_000, ttl: 60 });
    const ids = new Set(Array.from({ length: 5000 }, () => conversations.create()));
    expect(ids.size).toBe(5000);
    for (const id of ids) {
      expect(id).toMatch(/^[\w-]+$/);
      expect(Buffer.from(id, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    }
  });

  it('forgets what was not used for its minutes; use begins them anew', () => {
    let now = 1;
    const conversations = createConversations({ limit: 10, ttl: 60, now: () => now });
    const [used, unused] = [conversations.create(), conversations.create()];
    now += 59 * 60_000;
    expect(conversations.get(used)).toEqual([]);
    now += 2 * 60_000;
    expect(conversations.get(unused)).toBeNull();
    conversations.append(used, turn('a'));
    now += 59 * 60_000;
    expect(conversations.get(used)).toHaveLength(1);
    now += 61 * 60_000;
    expect(conversations.append(used, turn('b'))).toBe(false);
    expect(conversations.get(used)).toBeNull();
  });

  it('makes room by forgetting the conversation unused for longest', () => {
    const conversations = createConversations({ limit: 2, ttl: 60 });
    const [first, second] = [conversations.create(), conversations.create()];
    conversations.get(first);
    const third = conversations.create();
    expect(conversations.get(second)).toBeNull();
    expect([first, third].map((id) => conversations.get(id))).toEqual([[], []]);
  });

  it('keeps the last 50 turns, and leaves a list that was read as it was', () => {
    const conversations = createConversations({ limit: 2, ttl: 60 });
    const id = conversations.create();
    for (let n = 0; n < 60; n++) conversations.append(id, turn(String(n)));
    const read = conversations.get(id);
    conversations.append(id, turn('60'));
    expect(read?.map(({ question }) => question)).toEqual(Array.from({ length: 50 }, (_, n) => String(n + 10)));
    expect(conversations.get(id)?.at(-1)?.question).toBe('60');
  });
});
