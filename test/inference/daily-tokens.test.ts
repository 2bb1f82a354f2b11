import { describe, expect, it } from 'vitest';
import type { ChatModel } from '../../src/inference/chat-model.ts';
import { limitDailyTokens } from '../../src/inference/daily-tokens.ts';

const HOUR = 3_600_000;
const prompt = () => ({ system: 's'.repeat(100), user: 'u'.repeat(300) });

type Piece = { text: string; usage?: { input: number; output: number } };

/** A model that replies with these pieces, and counts how often it is asked. */
function modelOf(pieces: Piece[], fault?: Error) {
  let asked = 0;
  const model: ChatModel = {
    id: 'openai:fake',
    timeoutMs: 1_000,
    async *reply(promptFor) {
      asked += 1;
      promptFor(false);
      yield* pieces;
      if (fault) throw fault;
    },
  };
  return { model, asked: () => asked };
}

async function textOf(model: ChatModel): Promise<string> {
  let text = '';
  for await (const piece of model.reply(prompt)) text += piece.text;
  return text;
}

const spent = { code: 'CHAT_MODEL_BUDGET_SPENT' };

describe('a chat model with a limit of tokens a day', () => {
  it('replies until they are spent, and is not asked then', async () => {
    const { model, asked } = modelOf([{ text: 'Yes.' }, { text: '', usage: { input: 90, output: 10 } }]);
    const limited = limitDailyTokens(model, { most: 200, now: () => 0 });
    expect(limited.id).toBe('openai:fake');
    expect(await textOf(limited)).toBe('Yes.');
    expect(await textOf(limited)).toBe('Yes.');
    await expect(textOf(limited)).rejects.toMatchObject(spent);
    await expect(textOf(limited)).rejects.toThrow('openai:fake has had its 200 tokens of today');
    expect(asked()).toBe(2);
  });

  it('is asked again once what it was told is a day old', async () => {
    let now = 5.5 * HOUR;
    const { model } = modelOf([{ text: 'Yes.', usage: { input: 90, output: 10 } }]);
    const limited = limitDailyTokens(model, { most: 150, now: () => now });
    await textOf(limited);
    now += 10 * HOUR;
    await textOf(limited);
    await expect(textOf(limited)).rejects.toMatchObject(spent);
    now += 13 * HOUR;
    await expect(textOf(limited)).rejects.toMatchObject(spent);
    now += HOUR; // the first hundred are gone
    await textOf(limited);
    await expect(textOf(limited)).rejects.toMatchObject(spent);
  });

  it('counts what a provider tells twice only once', async () => {
    const { model } = modelOf([
      { text: '', usage: { input: 60, output: 1 } },
      { text: 'Yes.', usage: { input: 0, output: 40 } },
    ]);
    const limited = limitDailyTokens(model, { most: 100 + 1, now: () => 0 });
    await textOf(limited);
    expect(await textOf(limited)).toBe('Yes.');
    await expect(textOf(limited)).rejects.toMatchObject(spent);
  });

  it('counts characters where the provider counts nothing: 400 of the prompt, 40 of the reply', async () => {
    const { model } = modelOf([{ text: 'x'.repeat(40) }]);
    const limited = limitDailyTokens(model, { most: 220, now: () => 0 });
    await textOf(limited);
    await textOf(limited);
    await expect(textOf(limited)).rejects.toMatchObject(spent);
  });

  it('counts a reply that broke off, and one that was left', async () => {
    const broken = modelOf([{ text: 'Ye' }], new Error('broke off'));
    const limited = limitDailyTokens(broken.model, { most: 200, now: () => 0 });
    await expect(textOf(limited)).rejects.toThrow('broke off');
    for await (const piece of limited.reply(prompt)) if (piece.text !== '') break;
    await expect(textOf(limited)).rejects.toMatchObject(spent);
    expect(broken.asked()).toBe(2);
  });
});
