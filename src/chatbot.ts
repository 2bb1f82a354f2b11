import { LRUCache } from 'lru-cache';
import { CHUNKS_READ } from './answering/candidates.ts';
import { collectCitations } from './answering/citations.ts';
import { condense } from './answering/condense.ts';
import { condenseWithModel } from './answering/condense-with-model.ts';
import { coefficients } from './answering/confidence-coefficients.ts';
import { cited, decide } from './answering/decide.ts';
import { findDisagreement } from './answering/disagreements.ts';
import { answerExtractively, type Draft } from './answering/extractive.ts';
import { type GenerativeParts, writeAnswer } from './answering/generative.ts';
import { mendSpelling } from './answering/mend-spelling.ts';
import { formatConversation } from './answering/writing/conversation-text.ts';
import { agreeingQuotes, draftOf, type VerifiedStatement } from './answering/writing/written.ts';
import { PullquoteError, throwIfAborted } from './errors.ts';
import { type Search, search } from './retrieval/search.ts';
import type { ServedIndex } from './retrieval/served-index.ts';
import type { Answer, AskOptions, Chatbot, Embedder, Reader } from './types.ts';

export interface ChatbotParts {
  /** The index that serves now; null before the first is ready. One answer uses one index, whatever is published meanwhile. */
  index: () => ServedIndex | null;
  embedder: Embedder;
  reader: Reader;
  /** Can a word be English? One that can't, and isn't the documents', is taken for a misspelling of theirs. */
  isKnownWord: (word: string) => boolean;
  /** The chat model that writes the answers, with its prompts; without it they are quotes alone. */
  writer?: Omit<GenerativeParts, 'embedder'>;
  /** Least confidence of an answer, 0 to 1. Default: the calibrated one. */
  threshold?: number;
  /** Longest question, in UTF-16 units. Default 1,000. */
  longestQuestion?: number;
  /** Answers remembered. Default 500; 0 for none. */
  remembered?: number;
  /** Milliseconds of a clock that never runs backwards. */
  now?: () => number;
}

/** Hits from which the passages for a chat model are chosen. */
const HITS_TO_WRITE_FROM = 24;

/** The engine behind every surface: question → condense → mend → search → answer → compare → write → cite → decide. */
export function createChatbot(parts: ChatbotParts): Chatbot {
  const {
    embedder,
    reader,
    isKnownWord,
    writer,
    threshold = coefficients.threshold,
    longestQuestion = 1_000,
    remembered = 500,
  } = parts;
  const now = parts.now ?? (() => performance.now());
  const answers = remembered > 0 ? new LRUCache<string, Answer>({ max: remembered }) : null;

  function served(): ServedIndex {
    const index = parts.index();
    if (index === null) throw new PullquoteError('NOT_READY', 'no index is being served yet');
    return index;
  }

  /** Do other documents say otherwise? */
  function compare({ compared }: Draft, question: string, found: Search, { documents }: ServedIndex) {
    if (compared === null) return null;
    const { best, candidates, sentenceVector } = compared;
    return findDisagreement(question, best, candidates, sentenceVector, { embedder, found, documents });
  }

  async function ask(asked: string, options: AskOptions = {}): Promise<Answer> {
    const { documents, history = [], signal, onStatement } = options;
    const started = now();
    const question = verifyQuestion(asked, longestQuestion);
    const index = served();
    const byRule = condense(question, history);
    // The model and its prompts don't change while this chatbot lives; what it reads of the conversation does.
    const read = writer === undefined ? '' : formatConversation(history);
    const key = JSON.stringify([index.id, byRule, documents === undefined ? null : [...documents].sort(), read]);
    const known = answers?.get(key);
    if (known !== undefined) return { ...structuredClone(known), question: asked, timings: { total: now() - started } };

    throwIfAborted(signal);
    const rewriting = writer && (await condenseWithModel(writer, history, question, byRule, signal));
    const standalone = mendSpelling(rewriting?.question ?? byRule, index.keywords, isKnownWord);
    const condensed = now();
    const limit = writer === undefined ? CHUNKS_READ : HITS_TO_WRITE_FROM;
    const found = await search(index, embedder, standalone, { limit, ...(documents && { documents }) });
    const searched = now();
    const readable = { ...found, hits: found.hits.slice(0, CHUNKS_READ) };
    const extractive = await answerExtractively({ reader, embedder }, standalone, readable, index, signal);
    const answered = now();
    const isSure = extractive.confidence >= threshold;
    const differing = isSure
      ? (extractive.differing ?? (await compare(extractive, standalone, readable, index)))
      : null;
    const compared = now();
    const told = collectCitations(index.documents);
    const written =
      writer &&
      (await writeAnswer(
        { ...writer, embedder },
        {
          question: standalone,
          found,
          history,
          rewriting,
          documents: index.documents,
          agreeing: agreeingQuotes(extractive, isSure),
          disagreements: differing === null ? [] : [differing],
          signal,
          // One deadline for all that the model does for a question.
          deadlineMs: writer.model.timeoutMs - (condensed - started),
          onVerified: onStatement && ((statement) => tell(statement, told, onStatement)),
        },
      ));
    const isWritten = written != null && written.statements.length > 0;
    const draft = isWritten ? draftOf(written, extractive, isSure) : extractive;
    const answer: Answer = {
      version: 1,
      question: asked,
      standaloneQuestion: standalone,
      ...decide(draft, differing, index.documents, isSure || isWritten),
      confidence: draft.confidence,
      answerer: isWritten && writer ? `${writer.model.id}#${writer.prompts.hash}` : 'extractive',
      ...(written && { model: written.report }),
      generation: index.id,
      timings: {
        condense: condensed - started,
        search: searched - condensed,
        answer: answered - searched,
        compare: compared - answered,
        ...(writer && { model: now() - compared }),
        total: now() - started,
      },
    };
    // A model that failed may be well again the next time.
    const { failure, condenseFailure } = written?.report ?? {};
    if (failure === undefined && condenseFailure === undefined) answers?.set(key, structuredClone(answer));
    return answer;
  }

  return {
    ask,
    corpus() {
      const { id, documents } = served();
      return { generation: id, documents };
    },
  };
}

/** The question without the white space around it. Throws QUESTION_EMPTY, QUESTION_TOO_LONG. */
function verifyQuestion(asked: string, longest: number): string {
  const question = asked.trim();
  if (question === '') throw new PullquoteError('QUESTION_EMPTY', 'the question is empty');
  if (question.length > longest) {
    throw new PullquoteError(
      'QUESTION_TOO_LONG',
      `the question has ${question.length} characters, at most ${longest} are read`,
      {
        length: question.length,
        longest,
      },
    );
  }
  return question;
}

/** Tells of a statement as the answer will have it: the same order gives the same numbers. */
function tell(
  statement: VerifiedStatement,
  told: ReturnType<typeof collectCitations>,
  onStatement: NonNullable<AskOptions['onStatement']>,
): void {
  const before = told.list().length;
  const shown = cited(statement, told);
  if (shown !== null) onStatement(shown, told.list().slice(before));
}
