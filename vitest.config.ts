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
    // What is waited for comes when it comes: vitest's own second is too short on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    // Many files wait for child processes and browsers most of their time.
    maxWorkers: 2,
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
