import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { asExample } from '../feedback/as-example.ts';
import { readFeedback } from '../feedback/feedback-log.ts';
import { jsonLine } from '../feedback/json-line.ts';

export interface ExportOptions {
  /** null for both. */
  rating: 'up' | 'down' | null;
  output: Writable;
  onWarning: (warning: string) => void;
}

/** Writes the feedback of a folder as evaluation examples, one a line. Throws FOLDER_MISSING when it cannot be read. */
export async function exportFeedback(folder: string, { rating, output, onWarning }: ExportOptions): Promise<void> {
  const damaged: number[] = [];
  let written = 0;
  for await (const given of readFeedback(folder, (line) => damaged.push(line))) {
    if (rating !== null && given.rating !== rating) continue;
    written += 1;
    if (!output.write(jsonLine(asExample(given)))) await once(output, 'drain');
  }
  if (damaged.length > 0)
    onWarning(`passed over in the feedback of ${folder}, cut short or damaged: ${lines(damaged)}`);
  if (written === 0) onWarning(`there is no ${rating ? `feedback "${rating}"` : 'feedback'} in ${folder}`);
}

/** More line numbers than this help nobody. */
const shownLines = 10;

function lines(numbers: number[]): string {
  const more = numbers.length - shownLines;
  return `line ${numbers.slice(0, shownLines).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
