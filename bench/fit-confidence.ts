/**
 * Fits the confidence: `npm run fit-confidence [folder of question sets]`. Writes src/answering/confidence-coefficients.ts.
 *
 * Every question is asked where its paragraph answers it and where nothing does: of all paragraphs, of its article's alone, and, for
 * "nothing does", with its paragraph left out of the search (`documents`), left out of the index, or of another article's index. A
 * logistic model then tells how likely the first statement's quote holds the answer; answerable and unanswerable questions weigh the same,
 * and those of another article, which are easy, aren't fitted. Figures are from cross-validation by article: no question is judged by a
 * model that has seen another question of its article. "Halves": fitted on one half of the articles, judged on the other.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Features } from '../src/answering/confidence.ts';
import { chooseThreshold } from '../src/evaluation/choose-threshold.ts';
import { loadModels } from '../src/inference/models.ts';
import { draftOf, holdsAnswer } from './ask.ts';
import { fitLogistic, type LogisticModel, probability } from './logistic.ts';
import { auroc, expectedCalibrationError, round } from './measures.ts';
import { embedChunks, indexOf, readSquad } from './squad.ts';

interface Example {
  article: string;
  setting: string;
  answerable: boolean;
  /** The first statement's quote holds the answer. */
  right: boolean;
  features: Features;
}

const FOLDS = 8;
const folder = process.argv[2] ?? '../shared/eval';
const models = await loadModels('models');
const set = await readSquad(join(folder, 'xquad-en-a.json'));
const vectors = await embedChunks(set, models.embedder);
const articles = [...new Set(set.questions.map(({ article }) => article))];
const examples: Example[] = [];

/** Asks every question of an article where it can be answered and where it can't. */
async function collect(article: string, whole: Awaited<ReturnType<typeof indexOf>>): Promise<void> {
  const isOwn = (id: string) => id.startsWith(`${article}/`);
  const other = articles[(articles.indexOf(article) + 1) % articles.length] as string;
  const all = set.documents.map(({ id }) => id);
  const own = await indexOf(set, vectors, isOwn);
  const foreign = await indexOf(set, vectors, (id) => id.startsWith(`${other}/`));
  for (const question of set.questions.filter((it) => it.article === article)) {
    const without = (ids: string[]) => ids.filter((id) => id !== question.documentId);
    const reduced = await indexOf(set, vectors, (id) => isOwn(id) && id !== question.documentId);
    const settings = [
      { setting: 'all', answerable: true, index: whole },
      { setting: 'all', answerable: false, index: whole, documents: without(all) },
      { setting: 'article', answerable: true, index: own },
      { setting: 'article', answerable: false, index: own, documents: without(all.filter(isOwn)) },
      { setting: 'index', answerable: false, index: reduced },
      { setting: 'foreign', answerable: false, index: foreign },
    ];
    for (const { setting, answerable, index, documents } of settings) {
      const { features, statements } = await draftOf(models, index, question.question, documents);
      const right = answerable && holdsAnswer(statements[0]?.quotes[0], question);
      if (features !== null) examples.push({ article, setting, answerable, right, features });
    }
  }
}

const whole = await indexOf(set, vectors);
for (const article of articles) {
  await collect(article, whole);
  process.stderr.write('.');
}

const names = Object.keys(examples[0]?.features ?? {}) as (keyof Features)[];
const rowOf = ({ features }: Example) => names.map((name) => features[name]);
const fitted = (some: Example[]) => some.filter(({ setting }) => setting !== 'foreign');
/** Half the weight to the questions that can be answered. */
const share = fitted(examples).filter(({ answerable }) => answerable).length / fitted(examples).length;
const weightOf = ({ answerable }: Example) => 0.5 / (answerable ? share : 1 - share);
const train = (some: Example[]): LogisticModel =>
  fitLogistic(
    fitted(some).map(rowOf),
    fitted(some).map(({ right }) => (right ? 1 : 0)),
    fitted(some).map(weightOf),
  );

/** Each example with the confidence that a model gives it which was fitted on the other folds' articles. */
function crossValidate(folds: number): (Example & { confidence: number })[] {
  const foldOf = ({ article }: Example) => articles.indexOf(article) % folds;
  const models = Array.from({ length: folds }, (_, fold) => train(examples.filter((it) => foldOf(it) !== fold)));
  return examples.map((it) => ({ ...it, confidence: probability(models[foldOf(it)] as LogisticModel, rowOf(it)) }));
}
const judged = crossValidate(FOLDS);
const halves = crossValidate(2);

/** Questions asked of other articles are no trial: nobody asks a folder about anything at all. */
const trials = judged.filter(({ setting }) => setting !== 'foreign');
const chosen = chooseThreshold(trials);
if (chosen === null) throw new Error('there is nothing to choose a threshold on');
const { threshold } = chosen;

/** Those of a setting, and as many that can be answered. */
function ofSetting<T extends Example>(some: T[], setting: string): T[] {
  const answerableSetting = setting === 'all' ? 'all' : 'article';
  return some.filter((it) => (it.answerable ? it.setting === answerableSetting : it.setting === setting));
}
function figuresOf(some: (Example & { confidence: number })[]) {
  const confidences = some.map((it) => it.confidence);
  return {
    auroc: round(
      auroc(
        confidences,
        some.map((it) => it.answerable),
      ),
      4,
    ),
    calibrationError: round(
      expectedCalibrationError(
        confidences,
        some.map((it) => it.right),
      ),
      3,
    ),
  };
}
const figures = ['all', 'article', 'index', 'foreign'].map((setting) => {
  const some = ofSetting(judged, setting);
  return { setting, ...figuresOf(some), asked: some.length };
});
const halfFigures = figuresOf(ofSetting(halves, 'all'));
/** The reliability diagram of "all", fitted on one half and judged on the other. */
const bins = Array.from({ length: 10 }, (_, bin) => {
  const some = ofSetting(halves, 'all').filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin);
  const meanOf = (of: (it: (typeof some)[number]) => number) =>
    round(some.reduce((sum, it) => sum + of(it), 0) / some.length, 3);
  return { asked: some.length, confidence: meanOf((it) => it.confidence), right: meanOf((it) => (it.right ? 1 : 0)) };
});
const lines = figures.map(
  (it) => `${it.setting}: AUROC ${it.auroc}, calibration error ${it.calibrationError} (${it.asked} asked)`,
);
lines.push(`all, halves: AUROC ${halfFigures.auroc}, calibration error ${halfFigures.calibrationError}`);
const { right, declined } = chosen.trial;
const model = train(examples);
const weights = names.map((name, index) => `    ${name}: ${round(model.weights[index] ?? 0, 4)},`);
await writeFile(
  'src/answering/confidence-coefficients.ts',
  `/**
 * Made by bench/fit-confidence.ts on XQuAD-en (half a, 612 questions); not to be edited by hand. Cross-validated by article, the paragraph
 * that answers left out of the search in all paragraphs (all) or in its article's (article), left out of the index (index), or the
 * question asked of another article (foreign). AUROC: answerable against not. Calibration error: against "the quote holds the answer".
 *
${lines.map((line) => ` * ${line}`).join('\n')}
 *
 * The threshold is the middle of those that best balance the share of the answerable that is answered right (${round(right, 3)}) and of the rest that is declined (${round(declined, 3)}).
 */
export const coefficients = {
  bias: ${round(model.bias, 4)},
  weights: {
${weights.join('\n')}
  },
  threshold: ${threshold},
  /** Of "all", above. */
  crossValidated: { auroc: ${figures[0]?.auroc}, calibrationError: ${figures[0]?.calibrationError} },
  /** Of "all", fitted on one half of the articles and judged on the other, with its reliability diagram: ten bins of confidence. */
  halves: {
    auroc: ${halfFigures.auroc},
    calibrationError: ${halfFigures.calibrationError},
    reliability: [
${bins.map((bin) => `      { asked: ${bin.asked}, confidence: ${bin.confidence}, right: ${bin.right} },`).join('\n')}
    ],
  },
};
`,
);
if (process.env.PULLQUOTE_TEST_DUMP !== undefined)
  await writeFile(process.env.PULLQUOTE_TEST_DUMP, JSON.stringify(judged));
process.stdout.write(
  `\n${lines.join('\n')}\nthreshold ${threshold}: right ${round(right, 3)}, declined ${round(declined, 3)}\n`,
);
