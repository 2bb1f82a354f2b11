import type { QuestionMeasure } from '../types.ts';
import { missingWords, rightDocumentsCited } from './said.ts';

export const rightMeasure: QuestionMeasure = {
  name: 'right',
  title: 'Answered right',
  definition:
    'Of the questions that the documents answer: answered, with the expected words in the short answer or the quotes, and from the right documents where they are given.',
  from: 'test/questions/README.md; with short answers only, SQuAD’s normalisation of both sides',
  better: 'higher',
  unit: 'share',
  of(example, { answer, leftOut }) {
    const { expected, words, answers, documents, minDocuments } = example;
    if (expected !== 'answered' || leftOut) return null;
    if (words.length + answers.length + documents.length === 0) return null;
    if (answer === null || answer.kind !== 'answered' || missingWords(answer, example).length > 0) return 0;
    return documents.length === 0 || rightDocumentsCited(answer, example).length >= minDocuments ? 1 : 0;
  },
};
