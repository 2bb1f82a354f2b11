import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from '../../src/text/secret.ts';

test('a secret is given to whoever asks for it, and to no log', () => {
  const secret = new Secret('sk-sentinel');
  expect(secret.reveal()).toBe('sk-sentinel');
  const copy = Object.assign({}, secret);
  const shown = [inspect({ secret, copy }, { showHidden: true, depth: 9 }), JSON.stringify({ secret, copy })];
  for (const text of shown) expect(text).not.toContain('sentinel');
});
