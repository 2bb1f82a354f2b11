/** Every noun of Pullquote. No code. Positions are UTF-16 units of `document.text`, half-open, as `String.prototype.slice` takes them. */

/* ── Documents ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

export interface Span {
  start: number;
  end: number;
}

/** What a block of a document is. Only paragraphs and items hold sentences; a heading names the section of what follows. */
export type BlockKind = 'heading' | 'paragraph' | 'item' | 'debris';

/** A run of text between breaks: blocks stand in order and never overlap. An item's span leaves out its bullet. */
export interface Block extends Span {
  kind: BlockKind;
}

export type DocumentFormat = 'text' | 'markdown' | 'html';

/** One source article. */
export interface Document {
  /** Path below the folder, `/` between parts, without extension. */
  id: string;
  /** SHA-256 of the file's bytes, lower-case hex. */
  revision: string;
  format: DocumentFormat;
  title: string;
  author?: string;
  publisher?: string;
  /** http(s) address of the published page. */
  url?: string;
  /** Date as the source gives it, ISO 8601 where it can be told. */
  published?: string;
  /** What every offset refers to, for ever. */
  text: string;
  blocks: Block[];
  /** Spans of `text` that are markup rather than words (Markdown's `**`, link targets, …): models see spaces there. */
  markup: Span[];
  /** In order; each inside one paragraph or item. */
  sentences: Span[];
}

/** A file that was not taken in, and why. */
export interface SkippedFile {
  /** Path below the folder. */
  path: string;
  /** Coded when something is wrong with the file, `null` when it is merely of another kind. */
  code: string | null;
  reason: string;
}

/* ── Index ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/** A stored run of sentences: `document.sentences[first] … [last]`, both included. Its text is `readable(document, chunk)`. */
export interface Chunk extends Span {
  /** `<document id>#<start>-<end>`. */
  id: string;
  documentId: string;
  first: number;
  last: number;
}

/** Who made the vectors; an index made by another is refused. */
export interface EmbedderIdentity {
  id: string;
  dimensions: number;
}

/** Turns a text into a unit vector. One text a run: in 8 bits a vector depends on its batch neighbours. */
export interface Embedder extends EmbedderIdentity {
  embed(text: string): Promise<Float32Array>;
}

/** A stretch of a passage that the reader points at. `margin` = start + end logits less those of [CLS] ("not here"). */
export interface Reading extends Span {
  margin: number;
}

/** Reads a question beside a passage; answers with the best span inside each of the regions (null where none fits). */
export interface Reader {
  id: string;
  read(question: string, passage: string, regions: Span[]): Promise<(Reading | null)[]>;
}

/** One complete, immutable build of the index, as it is held in memory once verified. */
export interface StoredGeneration {
  /** `<sequence>-<first 16 hex digits of the manifest's SHA-256>`, the name of its folder. */
  id: string;
  embedder: EmbedderIdentity;
  documents: Document[];
  chunks: Chunk[];
  /** `chunks.length × embedder.dimensions`, row by row, unit length. */
  vectors: Float32Array;
}

export interface Hit {
  chunk: Chunk;
  /** Fused: bm25 / bm25 of the best passage + 2 · cosine. */
  score: number;
  /** BM25 of the chunk, 0 if no keyword matches. */
  bm25: number;
  /** Cosine of question and chunk, −1 to 1. */
  cosine: number;
}

/* ── Answers ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/** Text that an answerer proposes as evidence: unverified until `answering/citations.ts` has located it. */
export interface Quote {
  documentId: string;
  text: string;
  /** Where the answerer believes it to start; breaks ties when the text repeats. */
  start?: number;
}

declare const located: unique symbol;

/** A quote that code has located: `document.text.slice(start, end) === quote`. Only `answering/citations.ts` makes one. */
export interface Citation extends Span {
  readonly [located]: true;
  /** From 1, in order of appearance. */
  number: number;
  document: {
    id: string;
    title: string;
    publisher?: string;
    url?: string;
    published?: string;
    revision: string;
  };
  quote: string;
  /** The heading that the quote stands under. */
  section?: string;
  /** Up to 32 characters on either side (W3C TextQuoteSelector), so that it can be found again in a later revision. */
  prefix: string;
  suffix: string;
  /** `/sources/<id>#<start>-<end>`: opens the document, scrolled and highlighted; `@<revision>` behind it tells when that has changed. */
  link: string;
  /** The publisher's page with a text fragment: `<url>#:~:text=<quote>`. */
  original?: string;
}

/** One sentence of an answer with the numbers of the citations that support it. */
export interface Statement {
  text: string;
  citations: number[];
}

/** One side of a disagreement. `text`: the exact words of this side, inside its first citation's quote. */
export interface Position extends Statement {
  /** How many documents are on this side. */
  documents: number;
  /** Their dates as the documents give them, oldest first, each once; empty when none has one. */
  dates: string[];
}

/** One fact on which documents differ. */
export interface Disagreement {
  /** The question that they answer differently. */
  about: string;
  /** Two or more, that of the answer first. */
  positions: Position[];
  /** Both can be true: one is a bound that the other keeps ("more than 30" and "35"). */
  compatible: boolean;
  /** Which position (from 0) has the newest document; null when the dates can't tell. */
  newest: number | null;
}

/** A yes/no question's answer, settled by the quote of that citation. */
export interface Verdict {
  value: 'yes' | 'no';
  citation: number;
}

/** What became of the chat model that was asked. */
export interface ModelReport {
  /** `provider:model`. */
  id: string;
  /** Tokens as the provider counts them. */
  usage?: { input: number; output: number };
  /** What verification dropped of its answer. */
  dropped: { quotes: number; statements: number };
  /** What went wrong: the extractive answer is given instead, or behind the statements that were verified before. */
  failure?: { code: string; message: string };
  /** What went wrong when it was to rewrite a follow-up: that was completed by rule instead. */
  condenseFailure?: { code: string; message: string };
}

/** What every surface shows. Stable, versioned. */
export interface Answer {
  version: 1;
  kind: 'answered' | 'unanswered';
  /** As asked. */
  question: string;
  /** As searched, after follow-up rewriting. */
  standaloneQuestion: string;
  /** Verdict, statements and disagreements as plain lines with [1] markers; empty when unanswered. */
  text: string;
  /** For yes/no questions that a quoted sentence settles. */
  verdict?: Verdict;
  /** The exact words that answer, inside the quote of that citation. */
  shortAnswer?: { text: string; citation: number };
  statements: Statement[];
  citations: Citation[];
  disagreements: Disagreement[];
  /** For 'unanswered': the passages that came closest. */
  nearest: Citation[];
  /** 0 to 1, calibrated: how likely the built-in answerer's statements answer the question, whoever wrote those shown. */
  confidence: number;
  /** 'extractive', or `provider:model#<hash of the prompts>` if a chat model wrote the statements. */
  answerer: string;
  /** Only when a chat model was asked. */
  model?: ModelReport;
  /** The index generation that served. */
  generation: string;
  /** Milliseconds per stage. */
  timings: Record<string, number>;
}

/** One question and its answer in a conversation. */
export interface Turn {
  question: string;
  answer: Answer;
  /** The documents that were asked (ids), when not all. */
  documents?: string[];
}

export interface AskOptions {
  /** Answer from these documents only (ids). */
  documents?: string[];
  /** Earlier turns, oldest first. */
  history?: Turn[];
  signal?: AbortSignal;
  /**
   * Told of each statement that a chat model writes, the moment it is verified, with the citations that it brings in. The answer begins
   * with these statements. The built-in answerer's come with the answer.
   */
  onStatement?: (statement: Statement, citations: Citation[]) => void;
}

/** The documents that answer now, all of one generation. */
export interface Corpus {
  generation: string;
  documents: ReadonlyMap<string, Document>;
}

/** The engine behind every surface. */
export interface Chatbot {
  /** Throws QUESTION_EMPTY, QUESTION_TOO_LONG, DOCUMENT_UNKNOWN, ABORTED, NOT_READY. */
  ask(question: string, options?: AskOptions): Promise<Answer>;
  corpus(): Corpus;
}
