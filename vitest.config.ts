import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build-widget.ts'],
    setupFiles: ['test/support/seed.ts'],
    // Native code (HNSW, ONNX Runtime) and real child processes: one process a file, none shared.
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
