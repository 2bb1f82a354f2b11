import type { ModelReport, Quote } from '../../types.ts';
import type { Draft } from '../extractive.ts';

/** A statement whose quotes are the documents' own text at known places. */
export interface VerifiedStatement {
  text: string;
  quotes: Quote[];
}

/** What a chat model wrote, verified; nothing in it has to be believed. */
export interface Written {
  /** None when the model found nothing, or nothing of it could be verified. */
  statements: VerifiedStatement[];
  /** Exact words inside the first statement's first quote. */
  shortAnswer: string | null;
  report: ModelReport;
}

/**
 * The draft that the answer is made of: the model's statements; behind them the built-in ones, where they are sure, if the model broke off
 * half-way. The confidence stays the built-in answerer's: it is calibrated, a model's own opinion is not.
 */
export function draftOf({ statements, shortAnswer, report }: Written, extractive: Draft, isSure: boolean): Draft {
  const isHalf = report.failure !== undefined && isSure;
  const others = isHalf
    ? extractive.statements.filter(({ quotes }) => !quotes.some((it) => isQuotedIn(it, statements)))
    : [];
  return {
    ...extractive,
    statements: [...statements, ...others],
    shortAnswer: shortAnswer ?? extractive.shortAnswer,
    // What is written says it in its own words.
    verdict: null,
  };
}

/** Is the quote inside one of the statements' quotes? */
export function isQuotedIn({ documentId, text, start = 0 }: Quote, statements: readonly VerifiedStatement[]): boolean {
  return statements.some(({ quotes }) =>
    quotes.some((it) => {
      const from = it.start ?? 0;
      return it.documentId === documentId && from <= start && start + text.length <= from + it.text.length;
    }),
  );
}

/** The quotes that the built-in answerer, where it is sure, found to say the same: none where its answer is made of several statements. */
export function agreeingQuotes({ statements }: Draft, isSure: boolean): readonly Quote[] {
  const [only, ...others] = statements;
  return isSure && only !== undefined && others.length === 0 ? only.quotes : [];
}
