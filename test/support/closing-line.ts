import type { Reporter, TestModule } from 'vitest/node';

/** Prints the one line that CI reads, last and true: `N passed, N failed, N skipped`. A file that could not be loaded counts as failed. */
export default class ClosingLine implements Reporter {
  private modules: readonly TestModule[] = [];
  private errors = 0;

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    this.modules = modules;
    this.errors = errors.length;
    const counts = { passed: 0, failed: this.errors, skipped: 0 };
    for (const module of this.modules) {
      let tests = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === 'passed' ? 'passed' : state === 'failed' ? 'failed' : 'skipped'] += 1;
        tests += 1;
      }
      if (module.state() === 'failed' && (tests === 0 || module.errors().length > 0)) counts.failed += 1;
    }
    // After the other reporters have said theirs.
    process.once('exit', () => {
      process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
    });
  }
}
