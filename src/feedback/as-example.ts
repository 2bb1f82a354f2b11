import type { Feedback } from './feedback-log.ts';

/** Feedback as an example for evaluation: fields as in `test/questions`, and what was answered and thought of it. */
export interface FeedbackExample {
  id: string;
  tags: string[];
  question: string;
  /** The questions before, oldest first. */
  history?: string[];
  /** The documents to ask, when not all. */
  documents?: string[];
  /** What is right: what an answer that was found good says, where its words are known to be the documents'. Without it, a person has to say. */
  expect?:
    | { kind: 'answered'; words: string[][]; documents: string[]; verdict?: 'yes' | 'no' }
    | { kind: 'unanswered' };
  feedback: Pick<Feedback, 'rating' | 'note' | 'at' | 'trust' | 'answer'>;
}

export function asExample({ id, at, rating, note, trust, history, documents, answer }: Feedback): FeedbackExample {
  const good = rating === 'up';
  // What nobody can vouch for must not become what others are measured by.
  const isVouchedFor = trust !== 'unchecked';
  return {
    id: `feedback-${id}`,
    // Nobody knows whether a question that was answered badly has an answer.
    tags: ['feedback', ...(good && isVouchedFor ? [answer.kind === 'answered' ? 'answerable' : 'unanswerable'] : [])],
    question: answer.question,
    ...(history.length > 0 && { history }),
    ...(documents && { documents }),
    ...(good && isVouchedFor && { expect: expectedOf(answer) }),
    feedback: { rating, ...(note !== undefined && { note }), at, trust, answer },
  };
}

function expectedOf({
  kind,
  shortAnswer,
  verdict,
  citations,
}: Feedback['answer']): NonNullable<FeedbackExample['expect']> {
  if (kind === 'unanswered') return { kind };
  const ids = [...new Set(citations.map(({ document }) => document.id))];
  const words = shortAnswer ? [[shortAnswer.text]] : [];
  return { kind, words, documents: ids, ...(verdict && { verdict: verdict.value }) };
}
