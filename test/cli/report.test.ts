import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { formatError, formatReport, formatWarning, progressBar } from '../../src/cli/report.ts';
import { PullquoteError } from '../../src/errors.ts';
import type { IngestReport } from '../../src/ingest/ingest.ts';
import { cpuTime } from '../support/blocks.ts';

const report: IngestReport = {
  generation: '2-0123456789abcdef',
  unchanged: false,
  documents: 12,
  sentences: 340,
  chunks: 80,
  reused: 10,
  skipped: [],
};

describe('an error', () => {
  it('is one line with its code, whatever its message holds', () => {
    const error = new PullquoteError('INTERNAL', '  first\n\n   second\r\nthird \u001b[31m\u202e ');
    expect(formatError(error)).toBe('pullquote: INTERNAL: first second third \\u001b[31m\\u202e\n');
  });

  it('is told apart from a warning', () => {
    expect(formatWarning('a\nb')).toBe('pullquote: warning: a b\n');
  });

  it('of a million blanks is told at once', () => {
    expect(cpuTime(() => formatWarning(`a${' '.repeat(1_000_000)}b`))).toBeLessThan(2_000);
  });
});

describe('the report of an ingest', () => {
  it('says what serves', () => {
    expect(formatReport(report)).toBe(
      '12 documents (10 unchanged), 340 sentences, 80 chunks: generation 2-0123456789abcdef\n',
    );
    expect(formatReport({ ...report, unchanged: true })).toContain(
      'nothing changed, generation 2-0123456789abcdef goes on serving\n',
    );
  });

  it('gives each file left aside a line of its own, with the code where something is wrong', () => {
    const skipped = [
      { path: 'scan.pdf', code: null, reason: 'not text, Markdown or HTML' },
      { path: 'a\nb\u009b2J\u202e.txt', code: 'FILE_NOT_UTF8', reason: 'byte 0xff\nat 3' },
    ];
    expect(
      formatReport({ ...report, skipped })
        .split('\n')
        .slice(1),
    ).toEqual([
      'skipped "scan.pdf": not text, Markdown or HTML',
      'skipped "a\\nb\\u009b2J\\u202e.txt": FILE_NOT_UTF8: byte 0xff at 3',
      '',
    ]);
  });
});

describe('the progress bar', () => {
  const stream = (isTTY: boolean) => {
    const written: string[] = [];
    const made = Object.assign(new PassThrough(), { isTTY, columns: 80, cursorTo() {}, clearLine() {} });
    made.on('data', (text) => written.push(String(text)));
    return { written, made: made as unknown as NodeJS.WriteStream };
  };

  it('writes nothing where nobody watches', () => {
    const { written, made } = stream(false);
    const bar = progressBar(made);
    bar.onProgress(1, 2);
    bar.onProgress(2, 2);
    bar.stop();
    expect(written).toEqual([]);
  });

  it('counts on a terminal, and may be stopped without having begun, and twice', () => {
    const { written, made } = stream(true);
    progressBar(made).stop();
    const bar = progressBar(made);
    bar.onProgress(1, 2);
    bar.stop();
    bar.stop();
    expect(written.join('')).toContain('1/2 chunks');
  });
});
