import { compare } from '../evaluation/compare.ts';
import { markdownReport } from '../evaluation/report/markdown.ts';
import { comparisonTable } from '../evaluation/report/table.ts';
import { readSummary } from '../evaluation/run-folder.ts';

/** `pullquote evaluate compare`: prints what changed. Throws RUN_MISSING, RUN_CORRUPT. */
export async function compareRuns(
  old: string,
  current: string,
  { markdown = false }: { markdown?: boolean },
): Promise<void> {
  const [before, after] = [await readSummary(old), await readSummary(current)];
  const comparison = compare(before, after);
  process.stdout.write(markdown ? markdownReport(after, comparison) : comparisonTable(comparison));
}
