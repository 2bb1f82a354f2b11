import type { Answer, Disagreement } from '../types.ts';

/** What a client that shows nothing but text reads: verdict, statements and disagreements, a line each, with [1] markers. */
export function answerText({
  verdict,
  statements,
  disagreements,
}: Pick<Answer, 'verdict' | 'statements' | 'disagreements'>): string {
  return [
    ...(verdict === undefined ? [] : [`${verdict.value === 'yes' ? 'Yes' : 'No'} [${verdict.citation}]`]),
    ...statements.map(({ text, citations }) => `${text} ${markers(citations)}`),
    ...disagreements.map(disagreementText),
  ].join('\n');
}

/** "Documents differ: “35” [1] [2] (2 documents), “more than 30” [3] (1 document, the newer)." */
function disagreementText({ positions, compatible, newest }: Disagreement): string {
  const sides = positions.map(({ text, citations, documents }, index) => {
    const count = `${documents} ${documents === 1 ? 'document' : 'documents'}`;
    return `“${text}” ${markers(citations)} (${index === newest ? `${count}, the newest` : count})`;
  });
  const lead = compatible ? 'Documents put it differently' : 'Documents differ';
  return `${lead}: ${sides.join(' – ')}`;
}

function markers(citations: readonly number[]): string {
  return citations.map((number) => `[${number}]`).join('');
}
