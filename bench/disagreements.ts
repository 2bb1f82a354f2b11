/** `node --import tsx bench/disagreements.ts [folder of question sets]`: are disagreements seen where they are, and only there? */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CHUNKS_READ } from '../src/answering/candidates.ts';
import { coefficients } from '../src/answering/confidence-coefficients.ts';
import { type DraftDisagreement, findDisagreement } from '../src/answering/disagreements.ts';
import { answerExtractively } from '../src/answering/extractive.ts';
import { loadModels, type Models } from '../src/inference/models.ts';
import { loadDocument } from '../src/ingest/documents.ts';
import { prepare } from '../src/ingest/ingest.ts';
import { search } from '../src/retrieval/search.ts';
import type { ServedIndex } from '../src/retrieval/served-index.ts';
import { passageOf } from '../src/text/readable.ts';
import type { Chunk, Document } from '../src/types.ts';
import { type AnswerKind, kindOf, replacementFor, seeded, withReplacement } from './copies.ts';
import { mean, percentile, round } from './measures.ts';
import { reword } from './reword.ts';
import { embedChunks, indexOf, readSquad, type SquadQuestion, type SquadSet } from './squad.ts';

/** What came of one question. */
interface Outcome {
  isAnswered: boolean;
  disagreement: DraftDisagreement | null;
  /** Milliseconds that the comparing took, of all that the asking took. */
  comparing: number;
  asking: number;
}

/** How a set was asked: each paragraph beside a copy of it, or alone. */
export interface DisagreementRow {
  way: string;
  kind: AnswerKind | 'all';
  asked: number;
  answered: number;
  /** Share of all asked that are answered with a disagreement; of the copies with a changed answer, one between paragraph and copy. */
  shown: number;
  /** Share of those answered. */
  shownOfAnswered: number;
}

/** What the answerer drafts for a question, with what other documents say against it. */
export async function askWithDisagreement(models: Models, index: ServedIndex, question: string): Promise<Outcome> {
  const started = performance.now();
  const found = await search(index, models.embedder, question, { limit: CHUNKS_READ });
  const { confidence, compared } = await answerExtractively(models, question, found, index);
  const drafted = performance.now();
  const parts = { embedder: models.embedder, found, documents: index.documents };
  const disagreement =
    compared === null
      ? null
      : await findDisagreement(question, compared.best, compared.candidates, compared.sentenceVector, parts);
  const ended = performance.now();
  const isAnswered = confidence >= coefficients.threshold;
  return { isAnswered, disagreement, comparing: ended - drafted, asking: ended - started };
}

export function textDocument(id: string, text: string): { document: Document; chunks: Chunk[] } {
  const bytes = new TextEncoder().encode(text);
  return prepare(loadDocument({ path: `${id}.txt`, id, format: 'text' }, { bytes, revision: id }));
}

type Copy = (paragraph: string, question: SquadQuestion, others: readonly SquadQuestion[]) => string | null;

/** The answer replaced wherever it stands; null where there is no other, or it does not stand there as words of its own. */
const replaced: Copy = (paragraph, question, others) => {
  const other = replacementFor(question, others, paragraph, seeded(question.question));
  const copy = other === null ? null : withReplacement(paragraph, question.answer.text, other);
  return copy === paragraph ? null : copy;
};

/** All but the answer in other words. */
const reworded: Copy = (paragraph, question) => reword(paragraph, [question.answer.text], seeded(question.question));

/** Both at once, as two newsrooms would have it. */
const replacedAndReworded: Copy = (paragraph, question, others) => {
  const other = replacementFor(question, others, paragraph, seeded(question.question));
  const copy = replaced(paragraph, question, others);
  return other === null || copy === null ? null : reword(copy, [other], seeded(question.question));
};

const WAYS: readonly { way: string; copy: Copy | null }[] = [
  { way: 'answer replaced', copy: replaced },
  { way: 'answer replaced, the rest reworded', copy: replacedAndReworded },
  { way: 'reworded only', copy: reworded },
  { way: 'no copies', copy: null },
];

/** Asks every question of a set (or every `step`-th) four ways. */
export async function measureDisagreements(
  models: Models,
  set: SquadSet,
  vectors: ReadonlyMap<string, Float32Array>,
  { step = 1, ways = WAYS.map(({ way }) => way), onOutcome }: MeasureOptions = {},
): Promise<{ rows: DisagreementRow[]; comparing: number[]; asking: number[] }> {
  const rows: DisagreementRow[] = [];
  const comparing: number[] = [];
  const asking: number[] = [];
  for (const { way, copy } of WAYS) {
    if (!ways.includes(way)) continue;
    const outcomes: { kind: AnswerKind; isAnswered: boolean; isShown: boolean }[] = [];
    for (const round of roundsOf(
      set.questions.filter((_, index) => index % step === 0),
      copy === null,
    )) {
      const copies = new Map<string, { document: Document; chunks: Chunk[] }>();
      const all = new Map(vectors);
      for (const question of round) {
        const paragraph = set.documents.find(({ id }) => id === question.documentId)?.text ?? '';
        const text = copy?.(paragraph, question, set.questions) ?? null;
        if (text === null) continue;
        const made = textDocument(`${question.documentId} copy`, text);
        copies.set(question.documentId, made);
        for (const chunk of made.chunks)
          all.set(chunk.id, await models.embedder.embed(passageOf(made.document, chunk).text));
      }
      const added = [...copies.values()];
      const index = await indexOf(
        {
          documents: [...set.documents, ...added.map(({ document }) => document)],
          chunks: [...set.chunks, ...added.flatMap(({ chunks }) => chunks)],
        },
        all,
      );
      for (const question of round) {
        if (copy !== null && !copies.has(question.documentId)) continue;
        const outcome = await askWithDisagreement(models, index, question.question);
        comparing.push(outcome.comparing);
        asking.push(outcome.asking);
        const cited = new Set(
          outcome.disagreement?.positions.flatMap(({ quotes }) => quotes.map(({ documentId }) => documentId)),
        );
        const isBetween = cited.has(question.documentId) && cited.has(`${question.documentId} copy`);
        const isShown =
          outcome.isAnswered && outcome.disagreement !== null && (way.startsWith('answer') ? isBetween : true);
        outcomes.push({ kind: kindOf(question), isAnswered: outcome.isAnswered, isShown });
        onOutcome?.(way, question, outcome, isShown);
      }
    }
    for (const kind of ['all', ...new Set(outcomes.map((it) => it.kind))] as const) {
      const of = outcomes.filter((it) => kind === 'all' || it.kind === kind);
      const answered = of.filter((it) => it.isAnswered).length;
      const shown = of.filter((it) => it.isShown).length;
      rows.push({
        way,
        kind,
        asked: of.length,
        answered,
        shown: shown / of.length,
        shownOfAnswered: shown / Math.max(1, answered),
      });
    }
  }
  return { rows, comparing, asking };
}

interface MeasureOptions {
  step?: number;
  ways?: readonly string[];
  onOutcome?: (way: string, question: SquadQuestion, outcome: Outcome, isShown: boolean) => void;
}

/** Questions of which no two share a paragraph, so that each has its own copy in one index. */
function roundsOf(questions: readonly SquadQuestion[], together: boolean): SquadQuestion[][] {
  if (together) return [[...questions]];
  const rounds: SquadQuestion[][] = [];
  for (const question of questions) {
    const round = rounds.find((it) => it.every(({ documentId }) => documentId !== question.documentId));
    if (round === undefined) rounds.push([question]);
    else round.push(question);
  }
  return rounds;
}

/** The table of bench/main.ts. */
export function disagreementTable(rows: readonly DisagreementRow[]): string {
  const line = (row: DisagreementRow) =>
    `| ${row.way} | ${row.kind} | ${row.asked} | ${row.answered} | ${row.shown.toFixed(3)} | ${row.shownOfAnswered.toFixed(3)} |`;
  return `| | answer | asked | answered | disagreement shown, of all | of the answered |\n| --- | --- | --- | --- | --- | --- |\n${rows.map(line).join('\n')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const models = await loadModels('models');
  const set = await readSquad(join(process.argv[2] ?? '../shared/eval', 'xquad-en-a.json'));
  const { rows, comparing, asking } = await measureDisagreements(models, set, await embedChunks(set, models.embedder));
  process.stdout.write(`${disagreementTable(rows)}\n\n`);
  process.stdout.write(
    `comparing: ${round(mean(comparing), 1)} ms a question on average, p95 ${round(percentile(comparing, 0.95), 1)}, of ${round(mean(asking), 1)}\n`,
  );
}
