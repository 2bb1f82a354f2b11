import * as squad from '../src/evaluation/questions/squad.ts';

export { embedChunks, indexOf } from '../src/evaluation/memory-index.ts';

/** One question of a set in SQuAD's format with the paragraph that answers it, and its first answer. */
export interface SquadQuestion extends squad.SquadQuestion {
  answer: { text: string; start: number };
}

export interface SquadSet extends squad.SquadSet {
  questions: SquadQuestion[];
}

/** A set's paragraphs, each a document, read as a text file would be; questions without an answer are left out. */
export async function readSquad(file: string): Promise<SquadSet> {
  const set = await squad.readSquad(file);
  const questions = set.questions.flatMap((question) => {
    const [answer] = question.answers;
    return answer === undefined ? [] : { ...question, answer };
  });
  return { ...set, questions };
}
