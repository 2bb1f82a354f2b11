import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { settings } from '../src/settings.ts';

const root = new URL('../', import.meta.url);

it('has a row in the README for every setting, and no other', async () => {
  const readme = await readFile(new URL('README.md', root), 'utf8');
  const rows = readme.split('\n').filter((line) => line.startsWith('| `PULLQUOTE_'));
  expect(rows).toEqual(
    settings.map(
      ({ variable, fallback, meaning }) =>
        `| \`${variable}\` | ${fallback ? `\`${fallback}\`` : 'unset'} | ${meaning} |`,
    ),
  );
});

it('names every setting in .env.example', async () => {
  const example = await readFile(new URL('.env.example', root), 'utf8');
  for (const { variable, meaning } of settings) {
    expect(example).toMatch(new RegExp(`^#?${variable}=`, 'm'));
    expect(example).toContain(`# ${meaning}\n`);
  }
});

/** SHA-256 of the articles as they were given. */
const ARTICLES = {
  '000_146fd403ef737445.txt': '9c7195e9530a9f6633b9994345f8dae2d6060554faf0aa249de601354245ff3f',
  '001_97d87198b26f9487.txt': '603dd65ec0270882aeb2794201c40bdade890bb895c896eb0ed49fd7a32fd8cd',
  '002_4a1a7f77ad514017.txt': '84aa6e851b48608e1386c03a8dd22492994c8aa083b4dad5f9470d871756546d',
  '003_27d5165cb803f466.txt': '4efc5007c117509859fd90551a566024a59854b8eb2e4234b3d627535966122f',
  '004_ef01501c8eb85e79.txt': '0c2d26526f8d73f878256fb22325d047c7d81465357a7784048c7f9d776e794b',
};

it('ships the five articles byte for byte', async () => {
  for (const [name, sha256] of Object.entries(ARTICLES)) {
    const bytes = await readFile(new URL(`seeds/${name}`, root));
    expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(sha256);
  }
});
