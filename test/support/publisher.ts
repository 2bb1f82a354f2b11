import { fileURLToPath } from 'node:url';

/** `publish-forever.ts` in one file, as `build.ts` makes it: below node_modules, where it finds the native package. */
export const publisher = fileURLToPath(
  new URL('../../node_modules/.cache/pullquote/publish-forever.cjs', import.meta.url),
);
