/** An answer as plain text with its sources, for the clipboard. */
import { readableDate } from '../text/readable-date.ts';
import type { WidgetTexts } from '../texts.ts';
import type { Answer, Citation } from '../types.ts';

/** @param passage Where a citation can be read. */
export function answerAsText(
  answer: Answer,
  texts: WidgetTexts,
  language: string,
  passage: (citation: Citation) => string,
): string {
  const { question, kind, verdict, shortAnswer, statements, disagreements, citations, nearest } = answer;
  const marked = ({ text, citations }: { text: string; citations: number[] }) =>
    `${text}${citations.map((number) => ` [${number}]`).join('')}`;
  const source = (citation: Citation) => {
    const { title, publisher, published } = citation.document;
    const about = [title, publisher, published && readableDate(published, language)].filter(Boolean).join(', ');
    return `[${citation.number}] “${citation.quote}”\n    ${about}\n    ${passage(citation)}`;
  };
  const lines =
    kind === 'answered'
      ? [
          verdict && `${texts[verdict.value]} [${verdict.citation}]`,
          shortAnswer && marked({ text: shortAnswer.text, citations: [shortAnswer.citation] }),
          ...statements.map(marked),
          ...disagreements.map(({ about, positions, compatible }) =>
            [
              `${compatible ? texts.compatible : texts.differ}: ${about}`,
              ...positions.map((position) => `– ${marked(position)}`),
            ].join('\n'),
          ),
        ]
      : [texts.unanswered, nearest.length > 0 && texts.nearest];
  return [question, ...lines, ...(kind === 'answered' ? citations : nearest).map(source)].filter(Boolean).join('\n\n');
}
