import { LRUCache } from 'lru-cache';
import { answerText } from './answering/answer-text.ts';
import { CHUNKS_READ } from './answering/candidates.ts';
import { collectCitations } from './answering/citations.ts';
import { condense } from './answering/condense.ts';
import { coefficients } from './answering/confidence-coefficients.ts';
import { citeDisagreement, type DraftDisagreement, findDisagreement } from './answering/disagreements.ts';
import { answerExtractively, type Draft } from './answering/extractive.ts';
import { mendSpelling } from './answering/mend-spelling.ts';
import { PullquoteError, throwIfAborted } from './errors.ts';
import { type Search, search } from './retrieval/search.ts';
import type { ServedIndex } from './retrieval/served-index.ts';
import type { Answer, AskOptions, Chatbot, Embedder, Reader, Statement } from './types.ts';

export interface ChatbotParts {
  /** The index that serves now; null before the first is ready. One answer uses one index, whatever is published meanwhile. */
  index: () => ServedIndex | null;
  embedder: Embedder;
  reader: Reader;
  /** Can a word be English? One that can't, and isn't the documents', is taken for a misspelling of theirs. */
  isKnownWord: (word: string) => boolean;
  /** Least confidence of an answer, 0 to 1. Default: the calibrated one. */
  threshold?: number;
  /** Longest question, in UTF-16 units. Default 1,000. */
  longestQuestion?: number;
  /** Answers remembered. Default 500; 0 for none. */
  remembered?: number;
  /** Milliseconds of a clock that never runs backwards. */
  now?: () => number;
}

/** The engine behind every surface: question → condense → mend → search → answer → compare → cite → decide. */
export function createChatbot(parts: ChatbotParts): Chatbot {
  const {
    embedder,
    reader,
    isKnownWord,
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

  function compare(draft: Draft, question: string, found: Search, { documents }: ServedIndex) {
    if (draft.compared === null) return null;
    const { best, candidates, sentenceVector } = draft.compared;
    return findDisagreement(question, best, candidates, sentenceVector, { embedder, found, documents });
  }

  async function ask(asked: string, { documents, history = [], signal }: AskOptions = {}): Promise<Answer> {
    const started = now();
    const question = condense(verifyQuestion(asked, longestQuestion), history);
    const index = served();
    const key = JSON.stringify([index.id, question, documents === undefined ? null : [...documents].sort()]);
    const known = answers?.get(key);
    if (known !== undefined) return { ...structuredClone(known), question: asked, timings: { total: now() - started } };

    throwIfAborted(signal);
    const standalone = mendSpelling(question, index.keywords, isKnownWord);
    const found = await search(index, embedder, standalone, { limit: CHUNKS_READ, ...(documents && { documents }) });
    const searched = now();
    const draft = await answerExtractively({ reader, embedder }, standalone, found, index, signal);
    const answered = now();
    const differing = draft.confidence < threshold ? null : await compare(draft, standalone, found, index);
    const compared = now();
    const answer: Answer = {
      version: 1,
      question: asked,
      standaloneQuestion: standalone,
      ...decide(draft, differing, index, threshold),
      confidence: draft.confidence,
      answerer: 'extractive',
      generation: index.id,
      timings: {
        search: searched - started,
        answer: answered - searched,
        compare: compared - answered,
        total: now() - started,
      },
    };
    answers?.set(key, structuredClone(answer));
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

type Decided = Pick<
  Answer,
  'kind' | 'text' | 'verdict' | 'shortAnswer' | 'statements' | 'citations' | 'disagreements' | 'nearest'
>;

/** Cites what is proposed; what can't be located is dropped, and a statement left without evidence with it. Answers only when sure enough. */
function decide(
  draft: Draft,
  differing: DraftDisagreement | null,
  { documents }: ServedIndex,
  threshold: number,
): Decided {
  const statements: Statement[] = [];
  const citations = collectCitations(documents);
  if (draft.confidence >= threshold) {
    for (const { text, quotes } of draft.statements) {
      const [own, ...others] = quotes;
      const first = own === undefined ? null : citations.cite(own);
      if (first === null) continue;
      const numbers = [first, ...others.flatMap((quote) => citations.cite(quote) ?? [])];
      statements.push({ text, citations: [...new Set(numbers)] });
    }
  }
  if (statements.length === 0) {
    const nearest = collectCitations(documents);
    for (const quote of draft.nearest) nearest.cite(quote);
    return { kind: 'unanswered', text: '', statements: [], citations: [], disagreements: [], nearest: nearest.list() };
  }
  const first = citations.list()[0];
  const short = draft.shortAnswer;
  const disagreement = differing === null ? null : citeDisagreement(differing, citations);
  const disagreements = disagreement === null ? [] : [disagreement];
  // Where documents contradict one another, neither yes nor no is the answer.
  const isSettled = disagreements.every(({ compatible }) => compatible);
  const verdict = draft.verdict !== null &&
    first !== undefined &&
    isSettled && { value: draft.verdict, citation: first.number };
  return {
    kind: 'answered',
    text: answerText({ ...(verdict && { verdict }), statements, disagreements }),
    ...(verdict && { verdict }),
    ...(short !== null && first?.quote.includes(short) && { shortAnswer: { text: short, citation: first.number } }),
    statements,
    citations: citations.list(),
    disagreements,
    nearest: [],
  };
}
