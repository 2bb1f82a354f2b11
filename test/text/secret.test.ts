import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from '../../src/text/secret.ts';

test('a secret is given to whoever asks for it, and to no log', () => {
  const secret = new Secret('sk-sentinel');
  expect(secret.reveal()).toBe('sk-sentinel');
  const shown = [inspect({ secret }, { showHidden: true, depth: 9 }), JSON.stringify({ secret }), `${secret}`];
  for (const text of [...shown, JSON.stringify({ ...secret })]) expect(text).not.toContain('sentinel');
});
