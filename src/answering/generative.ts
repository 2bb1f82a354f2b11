import { asPullquoteError, PullquoteError, throwIfAborted } from '../errors.ts';
import type { Prompt } from '../inference/chat-model.ts';
import { dot } from '../retrieval/dot.ts';
import type { Search } from '../retrieval/search.ts';
import { normalise } from '../text/normalise.ts';
import { readable } from '../text/readable.ts';
import type { Document, Embedder, ModelReport, Quote, Turn } from '../types.ts';
import type { CondenseParts, Rewriting } from './condense-with-model.ts';
import type { DraftPosition } from './disagreements.ts';
import { cleanStatement, excessOf } from './verify-statement.ts';
import { formatConversation } from './writing/conversation-text.ts';
import { isEachSideTold } from './writing/each-side-told.ts';
import { type LocateProposed, locateIn } from './writing/locate-proposed.ts';
import { choosePassages, fenced, formatPassages, type Passage } from './writing/passages.ts';
import { createReplyParser, type ProposedStatement, replySchema } from './writing/reply-parser.ts';
import { widenBack } from './writing/widen-back.ts';
import { isQuotedIn, type VerifiedStatement, type Written } from './writing/written.ts';

export interface GenerativeParts extends CondenseParts {
  embedder: Embedder;
  /** Most tokens of passages in a prompt, estimated. */
  mostTokens: number;
}

export interface WritingRequest {
  question: string;
  /** What was found for it: its vector, and hits, best first. */
  found: Pick<Search, 'vector' | 'hits'>;
  history: readonly Turn[];
  /** What rewriting the question took, and how it failed, if it did. */
  rewriting?: Rewriting | undefined;
  documents: ReadonlyMap<string, Document>;
  /** Quotes of different documents that the built-in answerer found to say the same: who cites one of them cites them all. */
  agreeing: readonly Quote[];
  /** What the answer has to tell both sides of. */
  disagreements: readonly { positions: readonly DraftPosition[] }[];
  signal?: AbortSignal | undefined;
  /** Milliseconds for the reply. Default: the model's own. */
  deadlineMs?: number;
  /** Told of each statement the moment it is verified. */
  onVerified?: ((statement: VerifiedStatement) => void) | undefined;
}

/** A reply that is longer is not read to its end, in UTF-16 units; nor are more statements. */
const LONGEST_REPLY = 40_000;
const MOST_STATEMENTS = 12;
/**
 * A statement (or one of its quotes) that is farther from the question than this speaks of something else, whatever it is grounded on: least
 * cosine of 360 questions and the sentences that answer them (XQuAD, half a: 0.156; the median of other sentences is 0.03).
 */
const LEAST_COSINE = 0.15;

/**
 * Asks the chat model for statements with quotes, and lets through what code can verify; null when there is nothing to show it. Throws nothing but
 * ABORTED: what failed is in the report.
 */
export async function writeAnswer(parts: GenerativeParts, request: WritingRequest): Promise<Written | null> {
  const { model, embedder, mostTokens } = parts;
  const {
    question,
    found: { vector, hits },
    documents,
    agreeing,
    disagreements,
    rewriting,
    signal,
    deadlineMs = model.timeoutMs,
    onVerified,
  } = request;
  const passages = choosePassages(hits, documents, mostTokens);
  const report: ModelReport = { id: model.id, dropped: { quotes: 0, statements: 0 } };
  const written: Written = { statements: [], shortAnswer: null, report };
  if (passages.length === 0) return null;
  const locate = locateIn(passages);
  const material = passages.map((passage) => readable(passage.document, passage)).join('\n');
  /** What differs is told as a whole or not at all. */
  const isHeldBack = disagreements.length > 0;

  async function take(proposed: ProposedStatement): Promise<void> {
    const statement = verified(proposed, locate, { question, material, documents }, report);
    if (statement === null || written.statements.some(({ text }) => text === statement.text)) return;
    if (!(await bearsOn(vector, statement, embedder))) {
      report.dropped.statements += 1;
      return;
    }
    throwIfAborted(signal);
    if (agreeing.some((quote) => isQuotedIn(quote, [statement]))) {
      statement.quotes.push(...agreeing.filter((quote) => !isQuotedIn(quote, [statement])));
    }
    written.statements.push(statement);
    if (!isHeldBack) onVerified?.(statement);
  }

  try {
    const parser = createReplyParser();
    const prompt = promptFor(parts, request, passages);
    let read = 0;
    let length = 0;
    let isAtLimit = false;
    const options = { schema: replySchema, deadlineMs, ...(signal && { signal }) };
    for await (const piece of model.reply(prompt, options)) {
      if (piece.usage !== undefined) report.usage = most(report.usage, piece.usage);
      isAtLimit ||= piece.isCut === true;
      length += piece.text.length;
      for (const proposed of parser.push(piece.text)) {
        read += 1;
        if (read <= MOST_STATEMENTS) await take(proposed);
      }
      if (length > LONGEST_REPLY || read >= MOST_STATEMENTS) break;
    }
    const { statements, shortAnswer, isWhole, isCut } = parser.end();
    for (const proposed of statements) await take(proposed);
    if (length > LONGEST_REPLY) throw unreadable(model.id, `more than ${LONGEST_REPLY} characters`);
    written.shortAnswer = locateShortAnswer(shortAnswer, written.statements[0]);
    if (isAtLimit) throw brokenOff(model.id, 'used up its tokens before the end of its reply');
    if (read + statements.length === 0 && !isWhole) throw unreadable(model.id, 'nothing in the form asked for');
    if (isCut && read < MOST_STATEMENTS) throw brokenOff(model.id, 'stopped before the end of its reply');
  } catch (error) {
    throwIfAborted(signal);
    const { code, message } = asPullquoteError(error);
    if (code === 'INTERNAL') parts.onFault?.(error);
    report.failure = { code, message: code === 'INTERNAL' ? `${model.id} could not be used` : message };
  }
  if (isHeldBack) {
    if (isEachSideTold(written.statements, question, disagreements)) {
      for (const statement of written.statements) onVerified?.(statement);
    } else {
      report.dropped.statements += written.statements.length;
      written.statements = [];
      written.shortAnswer = null;
    }
  }
  if (rewriting?.usage !== undefined) report.usage = sum(report.usage, rewriting.usage);
  if (rewriting?.failure !== undefined) report.condenseFailure = rewriting.failure;
  return written;
}

/** Some providers count the prompt first and the reply last, some all at the end. */
function most(before: ModelReport['usage'], now: NonNullable<ModelReport['usage']>): NonNullable<ModelReport['usage']> {
  return { input: Math.max(before?.input ?? 0, now.input), output: Math.max(before?.output ?? 0, now.output) };
}

function sum(answer: ModelReport['usage'], rewriting: NonNullable<ModelReport['usage']>) {
  return { input: (answer?.input ?? 0) + rewriting.input, output: (answer?.output ?? 0) + rewriting.output };
}

function unreadable(id: string, what: string): PullquoteError {
  return new PullquoteError('CHAT_MODEL_OUTPUT_INVALID', `${id} replied with ${what}`, { model: id });
}

function brokenOff(id: string, how: string): PullquoteError {
  return new PullquoteError('CHAT_MODEL_BROKE_OFF', `${id} ${how}`, { model: id });
}

function promptFor({ prompts, drawFence }: GenerativeParts, request: WritingRequest, passages: Passage[]) {
  const { question, history, disagreements } = request;
  const fence = drawFence();
  const sides = disagreements.flatMap(({ positions }) => positions.map(({ text }) => `- ${text}`));
  return (isHeldToSchema: boolean): Prompt =>
    prompts.fill('answer', {
      fence,
      format: prompts.text(isHeldToSchema ? 'answer-as-json' : 'answer-as-lines'),
      question: fenced(fence, 'question', {}, question),
      conversation: fenced(fence, 'conversation', {}, formatConversation(history)),
      passages: formatPassages(passages, fence),
      disagreements: fenced(fence, 'differing', {}, sides.join('\n') || '(nothing)'),
    });
}

/**
 * A statement with those of its quotes that are found, or null when none is, or when it says more than they do. Where it names whom a quote calls
 * "he", the quote is shown with the sentence that says so. Counts what is dropped.
 */
function verified(
  proposed: ProposedStatement,
  locate: LocateProposed,
  { question, material, documents }: { question: string; material: string; documents: WritingRequest['documents'] },
  { dropped }: ModelReport,
): VerifiedStatement | null {
  const text = cleanStatement(proposed.text);
  const located: Quote[] = [];
  for (const quote of proposed.quotes) {
    const found = locate(quote);
    if (found.length === 0) dropped.quotes += 1;
    located.push(...found.filter((it) => !located.some((known) => isSamePlace(known, it))));
  }
  const widened = located.map((quote) => widenBack(quote, documents));
  for (const quotes of widened.some((it, at) => it.start !== located[at]?.start) ? [located, widened] : [located]) {
    const sentences = quotes.map((quote) => sentencesAround(quote, documents));
    const evidence = { quotes: quotes.map((it) => it.text), sentences, question, material };
    if (quotes.length > 0 && excessOf(text, evidence) === null) return { text, quotes };
  }
  dropped.statements += 1;
  return null;
}

/** The whole sentences that a quote stands in, as a reader sees them. */
function sentencesAround({ documentId, text, start }: Quote, documents: WritingRequest['documents']): string {
  const document = documents.get(documentId);
  if (document === undefined || start === undefined) return text;
  const end = start + text.length;
  const around = document.sentences.filter((it) => it.start < end && start < it.end);
  return around.length === 0 ? text : around.map((it) => readable(document, it)).join('\n');
}

function isSamePlace(a: Quote, b: Quote): boolean {
  return a.documentId === b.documentId && a.start === b.start && a.text === b.text;
}

async function bearsOn(
  vector: Float32Array,
  { text, quotes }: VerifiedStatement,
  embedder: Embedder,
): Promise<boolean> {
  for (const words of [text, ...quotes.map((quote) => quote.text)]) {
    if (dot(vector, await embedder.embed(words)) >= LEAST_COSINE) return true;
  }
  return false;
}

/** The document's own words where the short answer stands in the first quote of the first statement; null where it doesn't. */
function locateShortAnswer(proposed: string | null, first: VerifiedStatement | undefined): string | null {
  const quote = first?.quotes[0]?.text ?? '';
  const words = normalise(proposed ?? '').text.trim();
  const within = normalise(quote);
  const start = words === '' ? -1 : within.text.indexOf(words);
  if (start === -1 || /\w/.test(around(within.text, start, words.length))) return null;
  const span = within.original({ start, end: start + words.length });
  return quote.slice(span.start, span.end);
}

/** The signs right before and behind a stretch. */
function around(text: string, start: number, length: number): string {
  return text.charAt(start - 1) + text.charAt(start + length);
}
