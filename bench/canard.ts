import { readFile } from 'node:fs/promises';
import { condense } from '../src/answering/condense.ts';
import { terms } from '../src/text/tokenize.ts';
import type { Answer, Citation, Turn } from '../src/types.ts';
import { mean } from './measures.ts';

/** One follow-up of CANARD (Elgohary, Peskov, Boyd-Graber 2019): a conversation over a Wikipedia section, rewritten by a human to stand alone. */
export interface CanardQuestion {
  /** The article's title, the section's, then question, answer, question, answer, … */
  History: string[];
  QuAC_dialog_id: string;
  Question: string;
  Question_no: number;
  Rewrite: string;
}

/** How many of the human rewrite's content words a way gives, and how many of its words the human rewrite has; 0 to 1. */
export interface FollowUpRow {
  way: string;
  /** Over all content words of the set. */
  recall: number;
  precision: number;
  /** Mean over the questions. */
  macroRecall: number;
  macroPrecision: number;
  /** The same over the words that are not in the question as asked: what the rewriting adds. Null where nothing is added. */
  addedRecall: number;
  addedPrecision: number | null;
  /** Of the questions that needed no rewriting, the share left alone, byte for byte. */
  leftAlone: number;
}

/** QuAC's answer when the article has none. */
const NO_ANSWER = "I don't know.";
/** Longest answer taken for a short answer, in words: those of our reader are seldom longer. */
const SHORT = 8;

/** Reads the set. */
export async function readCanard(path: string): Promise<CanardQuestion[]> {
  return JSON.parse(await readFile(path, 'utf8')) as CanardQuestion[];
}

/**
 * CANARD's conversation as our turns. Its answers are exact slices of one section of one article, as our quotes are: so each answered turn
 * cites its answer under that title and section. The people who asked saw both from the start; our rules see them from the first citation
 * on, or never, if nothing was answered. Earlier questions stand alone as our own rules have made them, not as the human did.
 */
export function turnsOf({ History: [title = '', section = '', ...talk] }: CanardQuestion): Turn[] {
  return addTurns([], talk, title, section);
}

/** The same, but the title is only what a first turn says ("Faith Hill" – "Early life"), and no citation tells it. */
export function turnsWithTitleFirst({ History: [title = '', section = '', ...talk] }: CanardQuestion): Turn[] {
  return addTurns([{ question: title, answer: answerOf(title, title, section, '', '') }], talk, '', '');
}

function addTurns(first: readonly Turn[], talk: readonly string[], title: string, section: string): Turn[] {
  const turns = [...first];
  for (let at = 0; at + 1 < talk.length; at += 2) {
    const [question = '', text = ''] = talk.slice(at, at + 2);
    turns.push({ question, answer: answerOf(question, condense(question, turns), text, title, section) });
  }
  return turns;
}

function answerOf(question: string, standaloneQuestion: string, text: string, title: string, section: string): Answer {
  const isAnswered = text.trim() !== NO_ANSWER;
  const quote = text.trim();
  const citation = {
    number: 1,
    document: { id: 'article', title, revision: '' },
    quote,
    section,
    start: 0,
    end: quote.length,
    prefix: '',
    suffix: '',
    link: '',
  } as unknown as Citation;
  return {
    version: 1,
    kind: isAnswered ? 'answered' : 'unanswered',
    question,
    standaloneQuestion,
    text: isAnswered ? `${quote} [1]` : '',
    ...(isAnswered && quote.split(/\s+/).length <= SHORT && { shortAnswer: { text: quote, citation: 1 } }),
    statements: isAnswered ? [{ text: quote, citations: [1] }] : [],
    citations: isAnswered ? [citation] : [],
    disagreements: [],
    nearest: [],
    confidence: isAnswered ? 1 : 0,
    answerer: 'extractive',
    generation: '',
    timings: {},
  };
}

/** Measures every way of understanding a follow-up. */
export function measureFollowUps(questions: readonly CanardQuestion[]): FollowUpRow[] {
  return [
    measure('condense', questions, (it) => condense(it.Question, turnsOf(it))),
    measure('condense, title as a first turn', questions, (it) => condense(it.Question, turnsWithTitleFirst(it))),
    measure('the question as asked', questions, (it) => it.Question),
    measure('joined with the last turn', questions, (it) => [...it.History.slice(2).slice(-2), it.Question].join(' ')),
    measure('joined with all turns', questions, (it) => [...it.History.slice(2), it.Question].join(' ')),
    measure('joined with titles and all turns', questions, (it) => [...it.History, it.Question].join(' ')),
  ];
}

function measure(
  way: string,
  questions: readonly CanardQuestion[],
  rewrite: (question: CanardQuestion) => string,
): FollowUpRow {
  const all: Overlap[] = [];
  const added: Overlap[] = [];
  const alone: boolean[] = [];
  for (const question of questions) {
    const made = rewrite(question);
    const [words, human, asked] = [wordsOf(made), wordsOf(question.Rewrite), wordsOf(question.Question)];
    all.push(overlap(words, human));
    added.push(overlap(without(words, asked), without(human, asked)));
    if (normalized(question.Rewrite) === normalized(question.Question)) alone.push(made === question.Question);
  }
  const [total, totalAdded] = [sum(all), sum(added)];
  return {
    way,
    recall: total.shared / total.human,
    precision: total.shared / total.made,
    macroRecall: mean(all.map(({ shared, human }) => (human === 0 ? 1 : shared / human))),
    macroPrecision: mean(all.map(({ shared, made }) => (made === 0 ? 1 : shared / made))),
    addedRecall: totalAdded.shared / totalAdded.human,
    addedPrecision: totalAdded.made === 0 ? null : totalAdded.shared / totalAdded.made,
    leftAlone: mean(alone.map((it) => (it ? 1 : 0))),
  };
}

/** Numbers of different content words: of a way, of the human, of both. */
interface Overlap {
  made: number;
  human: number;
  shared: number;
}

function overlap(made: ReadonlySet<string>, human: ReadonlySet<string>): Overlap {
  return { made: made.size, human: human.size, shared: [...made].filter((word) => human.has(word)).length };
}

function sum(overlaps: readonly Overlap[]): Overlap {
  const total = { made: 0, human: 0, shared: 0 };
  for (const { made, human, shared } of overlaps) {
    total.made += made;
    total.human += human;
    total.shared += shared;
  }
  return total;
}

function wordsOf(text: string): Set<string> {
  return new Set(terms(text));
}

function without(words: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...words].filter((word) => !others.has(word)));
}

/** Letters and digits alone: that a question mark is missing is no rewriting. */
function normalized(question: string): string {
  return question
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
