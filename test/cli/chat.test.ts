import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { chat } from '../../src/cli/chat.ts';
import { createFakeChatbot } from '../support/fake-chatbot.ts';
import { indexOf, runCli, seeds } from '../support/run-cli.ts';

/** Talks to the fake chatbot; what was written to whom. */
async function talk(said: string, interactive = false) {
  const chatbot = createFakeChatbot();
  const streams = { input: new PassThrough(), output: new PassThrough(), errors: new PassThrough() };
  streams.input.end(said);
  await chat(chatbot, { ...streams, interactive, colour: false, baseUrl: '' });
  const read = (stream: PassThrough) => String(stream.read() ?? '');
  return { asked: chatbot.asked, output: read(streams.output), errors: read(streams.errors) };
}

describe('a conversation', () => {
  it('answers line by line, passing over empty ones, each with the turns before it', async () => {
    const { asked, output, errors } = await talk('How many boats?\n\n   \nWho won the cup?\r\nWhat did it cost?');
    expect(asked.map(({ question }) => question)).toEqual(['How many boats?', 'Who won the cup?', 'What did it cost?']);
    expect(asked[2]?.options.history?.map(({ question }) => question)).toContain('How many boats?');
    expect(output.match(/\n3 May\n/g)).toHaveLength(2);
    expect(output).toContain('The documents don’t say.');
    expect(errors).toBe('');
  });

  it.each(['exit', ' quit ', 'exit\r'])('ends at %j', async (word) => {
    const { asked } = await talk(`How many boats?\n${word}\nWhat did it cost?\n`);
    expect(asked).toHaveLength(1);
  });

  it('goes on after a question that cannot be asked, which is no turn', async () => {
    const { asked, output, errors } = await talk(`${'x'.repeat(1001)}\nHow many boats?\n`);
    expect(errors).toMatch(/^pullquote: QUESTION_TOO_LONG: [^\n]+1001[^\n]+\n$/);
    expect(output).toContain('3 May');
    expect(asked[1]?.options.history?.map(({ question }) => question)).toEqual(['How many boats?']);
  });

  it('greets and prompts on a terminal only', async () => {
    const { output } = await talk('How many boats?\n', true);
    expect(output).toMatch(/^Ask the documents\. "exit" or Ctrl-D ends the conversation\.\n› /);
    expect((await talk('How many boats?\n')).output).not.toMatch(/Ask the documents|›/);
  });
});

describe('pullquote chat', () => {
  let index: string;
  beforeAll(async () => {
    index = await indexOf(seeds);
  });

  it('answers what is piped in, a bad line among it', async () => {
    const input = [
      'How much of the Donetsk region is under Russian control?',
      'x'.repeat(2_000),
      '',
      'At what temperature does water boil?',
      'What percentage of Luhansk does Russia control?',
    ].join('\n');
    const { code, stdout, stderr } = await runCli(['chat', '--index', index], { input });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^pullquote: QUESTION_TOO_LONG: [^\n]+\n$/);
    expect(stdout).toMatch(/75%[\s\S]+The documents don’t say\.[\s\S]+99%/);
    expect(stdout).not.toMatch(/›|Ask the documents/);
    expect(stdout).not.toContain('\u001b');
  });

  it('ends where the input is empty', async () => {
    expect(await runCli(['chat', '--index', index])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });
});
