import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFakeChatbot } from '../support/fake-chatbot.ts';
import { home, wordsOf } from '../support/fake-slack.ts';
import { startBot } from '../support/slack-bot.ts';

const channel = 'C0NEWS';
const ask = 'When did the harbour open?';
const mention = `<@${home.botUser}> ${ask}`;
const answered = expect.stringContaining('> The harbour 🚢 reopened on 3 May');

describe('a second bot on one folder', () => {
  it.each(['socket', 'http'] as const)('stands by over %s, and takes over what the first has left', async (way) => {
    const first = await startBot({ way, chatbot: createFakeChatbot({ delayMs: 300 }) });
    const { slack, folder } = first;
    const chatbot = createFakeChatbot();
    const second = await startBot({ way, slack, folder, chatbot, standBy: true });
    await expect.poll(() => second.log.join('')).toContain(`"pid":${process.pid}`);
    expect(second.log.filter((line) => line.includes('another process answers'))).toHaveLength(1);
    if (way === 'socket') {
      expect(slack.connections()).toBe(1);
      const ts = await slack.say({ channel, text: mention });
      await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
      expect(chatbot.asked).toEqual([]);
    } else {
      // Requests come to the second one already: Slack is asked to come again.
      const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
      expect((await slack.post(body)).status).toBe(503);
    }

    const asked = slack.place(channel, mention, 'U0ANN');
    const event = { type: 'app_mention', user: 'U0ANN', text: mention, ts: asked, event_ts: asked, channel };
    const body = slack.envelope(event, home);
    if (way === 'socket') await slack.deliver('events_api', body);
    await first.close(0); // the answer is not waited for
    expect(await second.starting).toBe(true);
    if (way === 'http') await slack.deliver('events_api', body);
    await expect.poll(() => slack.messages(channel, asked).map(wordsOf)).toEqual([answered]);
    expect(chatbot.asked).toHaveLength(1);
    await second.close();
    expect((await readdir(folder)).sort()).toEqual(['events.jsonl', 'threads']);
  });

  it('that is closed while it waits takes nothing over', async () => {
    const first = await startBot();
    const second = await startBot({ slack: first.slack, folder: first.folder, standBy: true });
    await expect.poll(() => second.log.join('')).toContain('another process answers');
    await second.close();
    expect(await second.starting).toBe(false);
    const ts = await first.slack.say({ channel, text: mention });
    await expect.poll(() => first.slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
  });
});

it('its folder is for nobody else to read', async () => {
  const { folder } = await startBot();
  const made = join(folder, 'made');
  await startBot({ folder: made });
  expect((await stat(made)).mode & 0o777).toBe(0o700);
});

it('a folder in which nothing can be kept is refused by name', async () => {
  const { folder, close } = await startBot();
  await close();
  await mkdir(join(folder, 'taken', 'LOCK'), { recursive: true });
  await writeFile(join(folder, 'file'), '');
  for (const [place, reason] of [
    ['taken', 'is no lock: delete it'],
    ['file', 'cannot be written (EEXIST)'],
  ] as const)
    await expect(startBot({ folder: join(folder, place) })).rejects.toMatchObject({
      code: 'SLACK_UNWRITABLE',
      message: expect.stringContaining(reason),
    });
});
