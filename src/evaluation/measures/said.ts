import type { Answer } from '../../types.ts';
import type { Example } from '../types.ts';
import { normalizeAnswer } from './normalize-answer.ts';
import { says } from './says.ts';

/** All that an answer says in the documents' words: its short answer and its quotes. */
function said({ shortAnswer, citations }: Answer): string {
  return [shortAnswer?.text ?? '', ...citations.map(({ quote }) => quote)].join('\n');
}

/** The expected words that an answer lacks, each group as "75% or 75 percent". */
export function missingWords(answer: Answer, { words, answers }: Pick<Example, 'words' | 'answers'>): string[] {
  const text = said(answer);
  const groups = words.filter((group) => !group.some((word) => says(text, word)));
  const missing = groups.map((group) => group.join(' or '));
  if (words.length > 0 || answers.length === 0) return missing;
  const stated = ` ${normalizeAnswer(text).join(' ')} `;
  const isThere = answers.some((reference) => {
    const wanted = normalizeAnswer(reference).join(' ');
    // "A" is an article to SQuAD, and nothing is left of it.
    return wanted === '' ? says(text, reference) : stated.includes(` ${wanted} `);
  });
  return isThere ? [] : [answers.join(' or ')];
}

/** The right documents that an answer cites, each once. */
export function rightDocumentsCited({ citations }: Answer, { documents }: Pick<Example, 'documents'>): string[] {
  const cited = new Set(citations.map(({ document }) => document.id));
  return documents.filter((id) => cited.has(id));
}
