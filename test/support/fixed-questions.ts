import { readFile } from 'node:fs/promises';
import type { Answer } from '../../src/types.ts';

/** One of the fixed questions; see questions/README.md. */
export interface FixedQuestion {
  id: string;
  tags: string[];
  question: string;
  expect: { kind: 'answered'; words: string[][]; documents: string[]; minDocuments?: number } | { kind: 'unanswered' };
  /** Why the chain is known to fail here. */
  knownMiss?: string;
}

export const questions = JSON.parse(
  await readFile(new URL('../questions/articles.json', import.meta.url), 'utf8'),
) as FixedQuestion[];
/** What is wrong with an answer, or null: in the words of questions/README.md. */
export function fault(answer: Answer, { expect: wanted }: FixedQuestion): string | null {
  if (answer.kind !== wanted.kind) return `${answer.kind} (confidence ${answer.confidence.toFixed(2)})`;
  if (wanted.kind === 'unanswered') return null;
  const said = [answer.shortAnswer?.text ?? '', ...answer.citations.map(({ quote }) => quote)].join('\n').toLowerCase();
  const missing = wanted.words.filter((group) => !group.some((words) => said.includes(words.toLowerCase())));
  if (missing.length > 0) return `without ${missing.map((group) => group.join(' or ')).join('; ')}`;
  const cited = new Set(
    answer.citations.map(({ document }) => document.id).filter((id) => wanted.documents.includes(id)),
  );
  const needed = wanted.minDocuments ?? 1;
  return cited.size >= needed ? null : `cites ${cited.size} of the right documents, not ${needed}`;
}
