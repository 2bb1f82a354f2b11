import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/seed.ts'],
    // Native code (HNSW, ONNX Runtime) and real child processes: one process a file, none shared.
    pool: 'forks',
    // Nets under what hangs, asserting nothing: a busy machine may be ten times slower.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // What is waited for comes when it comes: vitest's own second is too short on a busy machine.
    expect: { poll: { timeout: 60_000 } },
    // Many files wait for child processes and browsers most of their time.
    maxWorkers: 2,
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
