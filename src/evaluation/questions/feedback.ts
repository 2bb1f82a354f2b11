import type { Example } from '../types.ts';
import { examplesOf } from './record.ts';

/** A line of `pullquote feedback export`: a question as in test/questions, and what a reader thought of its answer. */
interface FeedbackRecord {
  feedback: { rating?: unknown };
  /** The documents that were asked, when not all. */
  documents?: unknown;
}

export function isFeedback(record: unknown): record is FeedbackRecord {
  return typeof record === 'object' && record !== null && 'feedback' in record && typeof record.feedback === 'object';
}

/**
 * The question as it was asked. An answer that was liked says what is right; of one that was not, nobody knows what would have been: it is
 * asked and shown, and marked by no one. Throws QUESTIONS_INVALID naming the line.
 */
export function exampleOfFeedback(record: FeedbackRecord, file: string, line: number): Example {
  const { feedback, documents: among, ...question } = record;
  const [example] = examplesOf({ ...question, ...(among !== undefined && { among }) }, { file, line: () => line }) as [
    Example,
  ];
  return feedback?.rating === 'down' ? { ...example, tags: [...new Set([...example.tags, 'disliked'])] } : example;
}
