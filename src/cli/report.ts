import { SingleBar } from 'cli-progress';
import type { PullquoteError } from '../errors.ts';
import type { IngestReport } from '../ingest/ingest.ts';
import { visible } from './format-answer.ts';

/** An error on one line, with its code. */
export function formatError({ code, message }: PullquoteError): string {
  return `pullquote: ${code}: ${oneLine(message)}\n`;
}

/** A warning on one line. */
export function formatWarning(warning: string): string {
  return `pullquote: warning: ${oneLine(warning)}\n`;
}

/** Words of any origin on one line, steering nothing. */
export function oneLine(text: string): string {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  return visible(lines.filter((line) => line !== '').join(' '));
}

/** What an ingest did: a line for what is served, one for each file left aside. */
export function formatReport(report: IngestReport): string {
  const { documents, sentences, chunks, reused, generation, unchanged, skipped } = report;
  const done = unchanged ? `nothing changed, generation ${generation} goes on serving` : `generation ${generation}`;
  const lines = [
    `${counted(documents, 'document')} (${reused} unchanged), ${counted(sentences, 'sentence')}, ${counted(chunks, 'chunk')}: ${done}`,
  ];
  for (const { path, code, reason } of skipped) {
    lines.push(`skipped ${visible(JSON.stringify(path))}: ${code === null ? '' : `${code}: `}${oneLine(reason)}`);
  }
  return `${lines.join('\n')}\n`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** A progress bar on a terminal, such as "embedding ███ 3/7 chunks, 2s left"; elsewhere nothing is written. */
export function progressBar(
  stream: NodeJS.WriteStream,
  doing = 'embedding',
  things = 'chunks',
): {
  onProgress: (done: number, total: number) => void;
  stop: () => void;
} {
  let bar: SingleBar | null = null;
  return {
    onProgress(done, total) {
      if (!stream.isTTY) return;
      if (bar === null) {
        bar = new SingleBar({
          format: `${doing} {bar} {value}/{total} ${things}, {eta_formatted} left`,
          stream,
          clearOnComplete: true,
        });
        bar.start(total, done); // its first update would tell an infinite time left
      } else bar.update(done);
    },
    stop: () => bar?.stop(),
  };
}
