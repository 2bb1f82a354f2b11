import type { Answer } from '../../types.ts';
import type { Example, QuestionMeasure } from '../types.ts';
import { missingWords, rightDocumentsCited } from './said.ts';

export const rightMeasure: QuestionMeasure = {
  name: 'right',
  title: 'Answered right',
  definition:
    'Of the questions that the documents answer: answered, with the expected words in the short answer or the quotes, from the right documents where they are given, and with no other yes or no than the expected one.',
  from: 'test/questions/README.md; with short answers only, SQuAD’s normalisation of both sides',
  better: 'higher',
  unit: 'share',
  of(example, { answer, leftOut }) {
    if (example.expected !== 'answered' || leftOut || !(saysWhatIsRight(example) || isSettled(example))) return null;
    return answer?.kind === 'answered' && whatIsWrong(answer, example) === null ? 1 : 0;
  },
};

/** Why an answer to what the documents answer is not right, in a sentence; null when it is. */
export function whatIsWrong(answer: Answer, example: Example): string | null {
  const missing = missingWords(answer, example);
  if (missing.length > 0) return `The answer lacks ${missing.map((words) => `“${words}”`).join(' and ')}.`;
  return wrongDocuments(answer, example) ?? wrongVerdict(answer, example);
}

function saysWhatIsRight({ words, answers, documents }: Example): boolean {
  return words.length + answers.length + documents.length > 0;
}

function isSettled({ verdict }: Example): boolean {
  return verdict === 'yes' || verdict === 'no';
}

function wrongDocuments(answer: Answer, example: Example): string | null {
  const { documents, minDocuments } = example;
  const cited = rightDocumentsCited(answer, example).length;
  if (documents.length === 0 || cited >= minDocuments) return null;
  if (cited === 0) return 'None of the right documents is cited.';
  return `Of the right documents ${cited} ${cited === 1 ? 'is' : 'are'} cited, not ${minDocuments}.`;
}

/** Saying neither is a fault only where nothing else tells whether the answer is right: how often it does is measured apart. */
function wrongVerdict({ verdict: said }: Answer, example: Example): string | null {
  const { verdict } = example;
  if (said === undefined) {
    return isSettled(example) && !saysWhatIsRight(example)
      ? `It says neither yes nor no, though “${verdict}” is expected.`
      : null;
  }
  if (verdict === null || said.value === verdict) return null;
  return `It says “${said.value}”, ${verdict === 'none' ? 'which no sentence settles' : `not “${verdict}”`}.`;
}
