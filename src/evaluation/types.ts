/** The nouns of an evaluation. No code. */
import type { Answer } from '../types.ts';
import type { SquadSet } from './questions/squad.ts';

/** Where a short answer begins in a document, in UTF-16 units. */
export interface Place {
  documentId: string;
  start: number;
}

/** One question of a set, and what is expected of its answer. */
export interface Example {
  /** The set's own, or `line 17`. */
  id: string;
  question: string;
  /** Whether the documents answer it; null where the set does not say, so that the answer is shown and not marked. */
  expected: 'answered' | 'unanswered' | null;
  /** Every group must be found in the short answer or the quotes; any one alternative of a group will do. */
  words: string[][];
  /** Short answers, any of which is right. */
  answers: string[];
  /** Ids of all documents from which a right quote can come. */
  documents: string[];
  /** How many different ones of these must be cited. */
  minDocuments: number;
  /** Where the short answers stand. */
  places: Place[];
  /** The yes or no that must be said, or that neither may be ('none'); null where the set does not say. */
  verdict: 'yes' | 'no' | 'none' | null;
  /** Whether the documents differ on it; null where the set does not say. */
  disagreement: boolean | null;
  /** Of each side on which they differ: words of which it must have some. Empty: any two sides will do. */
  sides: string[][];
  /** Whether both sides can be true; null where the set does not say. */
  compatible: boolean | null;
  /** Words that the question must hold once it stands alone (`standaloneQuestion`), or true: it stands alone as it is. Null: not said. */
  standalone: string[] | true | null;
  tags: string[];
  /** Earlier questions of the conversation, oldest first: they are asked first. */
  history: string[];
  /** Ask these documents only; null for all. */
  among: string[] | null;
  /** Why it is known to fail; a failure then is none for a pipeline. */
  knownMiss: string | null;
  /** Made by `evaluate init` and not yet accepted by a person. */
  draft: boolean;
  /** The file's line on which it begins. */
  line: number;
}

/** A question file, read. */
export interface QuestionSet {
  /** As named on the command line. */
  file: string;
  /** SHA-256 of its bytes. */
  revision: string;
  examples: Example[];
  /** Documents that the file brings along (SQuAD's paragraphs); null where it brings none. */
  squad: SquadSet | null;
}

/** One asking of one question. */
export interface Task {
  example: Example;
  /** From 1. */
  repeat: number;
  /** Asked with its right documents left out, so that nothing answers it. */
  leftOut: boolean;
}

/** What a question found before anything was decided: documents best first, each once, and the sentences that came closest. */
export interface Ranking {
  documents: string[];
  /** The first statement's own quote, shown or not. */
  first: RankedQuote | null;
  nearest: RankedQuote[];
}

export interface RankedQuote extends Place {
  text: string;
}

/** A citation of an answer, checked again: not by the code that made it, but against the document's text. */
export interface Evidence {
  list: 'citations' | 'nearest';
  number: number;
  /** The document has this revision, and its slice is the quote. */
  exact: boolean;
  /** Up to this much of the document on either side of the quote. */
  before: string;
  after: string;
}

/** One line of results.jsonl. */
export interface Result {
  version: 1;
  id: string;
  repeat: number;
  leftOut: boolean;
  /** Null when asking failed. */
  answer: Answer | null;
  failure: { code: string; message: string } | null;
  /** Null over HTTP, which does not show it. */
  ranking: Ranking | null;
  evidence: Evidence[];
  /** Milliseconds from question to answer, as who asked saw it. */
  ms: number;
}

/** How one asking did. */
export interface Scored {
  id: string;
  repeat: number;
  leftOut: boolean;
  question: string;
  tags: string[];
  expected: Example['expected'];
  kind: Answer['kind'] | 'failed';
  confidence: number | null;
  /** By measure; null or absent where a measure does not apply. */
  values: Record<string, number | null>;
  /** Milliseconds by stage. */
  timings: Record<string, number>;
  /** Why it is marked wrong, in words; null when it is right or nothing was expected. */
  fault: string | null;
  knownMiss: string | null;
}

/** What a measure is, for the tables and for `--min`. */
export interface MeasureCard {
  /** `right`, as `--min right=0.9` names it. */
  name: string;
  title: string;
  /** One sentence that an editor understands. */
  definition: string;
  /** Where the definition is from. */
  from: string;
  better: 'higher' | 'lower' | 'neither';
  /** A share from 0 to 1, or a plain number. */
  unit: 'share' | 'tokens' | 'money';
}

/** A figure of one asking; over a set it is the mean of those to which it applies. */
export interface QuestionMeasure extends MeasureCard {
  of(example: Example, result: Result): number | null;
}

/** Price of a million tokens, in and out. */
export interface Prices {
  input: number;
  output: number;
}

/** How sure the answerer was, and what was so. */
export interface Judged {
  confidence: number;
  /** The documents answer. */
  answerable: boolean;
  /** Its first quote holds the answer, shown or not; null where nobody knows. */
  right: boolean | null;
}

/** A figure that only a whole set has; null where it cannot be told. */
export interface SetMeasure extends MeasureCard {
  /** `times`: how often each counts; once by default. */
  over(judged: readonly Judged[], times?: ArrayLike<number>): number | null;
}

/** A figure with its 95 % interval. */
export interface Figure {
  value: number;
  /** Null where one question tells nothing of chance. */
  low: number | null;
  high: number | null;
  /** Askings it was measured on. */
  count: number;
}

/** What a run was made with; a run is only resumed with the same. */
export interface RunSettings {
  pullquote: string;
  questions: { file: string; revision: string };
  /** Where it was asked: `in process`, or the server's address. */
  asked: string;
  generation: string;
  /** Settings that an answer depends on. */
  settings: Record<string, string | number | boolean | null>;
  /** Prompt file → first 16 hex digits of its SHA-256. */
  prompts: Record<string, string>;
  seed: number;
  /** How the questions were chosen. */
  choice: { limit: number | null; sample: number | null; only: string[]; drafts: boolean };
  repeat: number;
  leaveOut: boolean;
  /** Model that judges; null for none. */
  judge: string | null;
}

/** What a chat model holds of an answer. Never part of the figures that code counts. */
export interface Judgement {
  id: string;
  repeat: number;
  /** The answer settles the question as the expectation does. */
  correct: boolean | null;
  /** Everything that it states stands in its quotes. */
  supported: boolean | null;
  reason: string;
  failure: { code: string; message: string } | null;
  usage: { input: number; output: number } | null;
}

/** summary.json: everything that the reports and `compare` are made of. The same results give the same bytes. */
export interface Summary {
  version: 1;
  run: RunSettings;
  counts: { askings: number; questions: number; answerable: number; unanswerable: number; failed: number };
  /** Answerer → askings. */
  answerers: Record<string, number>;
  /** Generations that answered. */
  generations: string[];
  figures: Record<string, Figure>;
  byTag: Record<string, { right: Figure | null; declined: Figure | null; askings: number }>;
  latency: Record<string, { p50: number; p95: number }>;
  reliability: ReliabilityBin[];
  /** Of a million tokens, as the cost was told with; null where nobody said. */
  prices: Prices | null;
  judge: { model: string; figures: Record<string, Figure>; failed: number } | null;
  scored: Scored[];
}

/** Askings of like confidence. */
export interface ReliabilityBin {
  /** The bin is [from, to), the last one closed. */
  from: number;
  to: number;
  count: number;
  /** Mean confidence, and share in which the first quote holds the answer. */
  confidence: number;
  right: number;
}
