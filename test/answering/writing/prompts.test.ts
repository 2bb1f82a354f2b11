import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPrompts } from '../../../src/answering/writing/prompts.ts';
import { copyOf, root, temporaryFolder } from '../../support/run-cli.ts';

const own = join(root, 'prompts');
const values = { fence: 'F', format: 'M', question: 'Q', conversation: 'C', passages: 'P', disagreements: 'D' };

/** The prompts' folder with one file changed. */
async function amended(name: string, amend: (text: string) => string): Promise<string> {
  const folder = await copyOf(own);
  await writeFile(join(folder, name), amend(await readFile(join(folder, name), 'utf8')));
  return folder;
}

describe('the prompts', () => {
  it('are filled, the task apart from the material', async () => {
    const { fill } = await readPrompts(own);
    const { system, user } = fill('answer', values);
    expect(system).toContain('M');
    expect(system).not.toContain('{{');
    expect(user).toMatch(/C[\s\S]*P[\s\S]*D[\s\S]*Q/);
    expect(user).not.toContain('{{');
  });

  it('leave alone what they are filled with', async () => {
    const { fill } = await readPrompts(own);
    const { user } = fill('answer', { ...values, passages: '{{question}} $& $1 {"a": 1}\n---\n{{nothing}}' });
    expect(user).toContain('{{question}} $& $1 {"a": 1}\n---\n{{nothing}}');
  });

  it('have another hash as soon as one of them is changed', async () => {
    const { hash } = await readPrompts(own);
    expect(hash).toMatch(/^[\da-f]{8}$/);
    expect((await readPrompts(await copyOf(own))).hash).toBe(hash);
    expect((await readPrompts(await amended('condense.md', (text) => `${text} `))).hash).not.toBe(hash);
    const windows = await amended('answer.md', (text) => text.replaceAll('\n', '\r\n'));
    expect((await readPrompts(windows)).hash).toBe(hash);
  });

  it.each([
    ['answer.md', '{{passages}}', '', 'prompts/answer.md lacks its placeholder {{passages}}'],
    ['answer.md', '{{passages}}', '{{pasages}}', 'prompts/answer.md has an unknown placeholder {{pasages}}'],
    ['condense.md', '---', '', 'prompts/condense.md lacks its line ---'],
    ['answer-as-json.md', 'Reply', '{{Reply}}', 'prompts/answer-as-json.md has an unknown placeholder {{Reply}}'],
  ])('%s with %j as %j is refused by name', async (name, from, to, message) => {
    const folder = await amended(name, (text) => text.replace(from, to));
    await expect(readPrompts(folder)).rejects.toMatchObject({
      code: 'PROMPT_INVALID',
      message: expect.stringContaining(message) as string,
    });
  });

  it('that are not there are named', async () => {
    await expect(readPrompts(await temporaryFolder())).rejects.toMatchObject({
      code: 'PROMPT_MISSING',
      message: expect.stringMatching(/answer\.md.*ENOENT/) as string,
    });
  });
});
