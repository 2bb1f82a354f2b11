import { defineConfig } from 'vitest/config';

/** `npm run screenshots` */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/screenshots.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 120_000,
  },
});
