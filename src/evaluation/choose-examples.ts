import { PullquoteError, shown } from '../errors.ts';
import { wrong } from './questions/wrong.ts';
import { seededRandom } from './seeded-random.ts';
import type { Example, Task } from './types.ts';

export interface Choice {
  /** The first so many; null for all. */
  limit: number | null;
  /** So many by chance; null for all. */
  sample: number | null;
  /** Only those with one of these tags; empty for all. */
  only: readonly string[];
  /** Those too that no person has accepted yet. */
  drafts: boolean;
}

/** The questions to ask, in the file's order. Throws USAGE for a tag that no question has, and when none is left. */
export function chooseExamples(examples: readonly Example[], choice: Choice, seed: number): Example[] {
  const { limit, sample, only, drafts } = choice;
  const tags = new Set(examples.flatMap((example) => example.tags));
  const unknown = only.find((tag) => !tags.has(tag));
  if (unknown !== undefined) {
    const known = tags.size === 0 ? 'no question has a tag' : `the tags are ${[...tags].sort().join(', ')}`;
    throw new PullquoteError('USAGE', `--only ${shown(unknown)}: ${known}`, { tag: unknown });
  }
  let chosen = examples.filter(
    (it) => (drafts || !it.draft) && (only.length === 0 || it.tags.some((tag) => only.includes(tag))),
  );
  if (sample !== null && sample < chosen.length) {
    const kept = new Set(shuffled(chosen, seed).slice(0, sample));
    chosen = chosen.filter((example) => kept.has(example));
  }
  if (limit !== null) chosen = chosen.slice(0, limit);
  if (chosen.length === 0) {
    const isDraft = examples.some(({ draft }) => draft) && !drafts;
    throw new PullquoteError(
      'USAGE',
      `no question is left to ask${isDraft ? ': accept the drafts (delete "draft": true), or ask them with --drafts' : ''}`,
    );
  }
  return chosen;
}

/**
 * Every asking, in the order of the reports: a question's repeats, then the same with its right documents left out, where others remain of
 * `documents`, which are all that there are.
 */
export function tasksOf(
  examples: readonly Example[],
  options: { repeat: number; leaveOut: boolean; documents: readonly string[] },
): Task[] {
  return examples.flatMap((example) => {
    const repeats = Array.from({ length: options.repeat }, (_, index) => ({
      example,
      repeat: index + 1,
      leftOut: false,
    }));
    const remaining = (example.among ?? options.documents).some((id) => !example.documents.includes(id));
    const canBeLeftOut =
      options.leaveOut && example.expected === 'answered' && example.documents.length > 0 && remaining;
    return canBeLeftOut ? [...repeats, { example, repeat: 1, leftOut: true }] : repeats;
  });
}

/** Holds that the documents that questions name are there. Throws QUESTIONS_INVALID naming the line. */
export function verifyDocuments(examples: readonly Example[], known: readonly string[], file: string): void {
  const ids = new Set(known);
  for (const { documents, among, line } of examples) {
    const unknown = [...documents, ...(among ?? [])].find((id) => !ids.has(id));
    if (unknown === undefined) continue;
    const meant = known.find((id) => unknown.startsWith(`${id}.`) || id.endsWith(`/${unknown}`));
    const help = meant === undefined ? '' : `; did you mean ${shown(meant)}?`;
    throw wrong(file, line, `there is no document ${shown(unknown)} in the index${help}`);
  }
}

/** What names an asking within a run. */
export function keyOf({ id, repeat, leftOut }: { id: string; repeat: number; leftOut: boolean }): string {
  return JSON.stringify([id, repeat, leftOut]);
}

/** Fisher and Yates' shuffle, of a copy. */
function shuffled<Value>(values: readonly Value[], seed: number): Value[] {
  const random = seededRandom(seed);
  const copy = [...values];
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [copy[at], copy[other]] = [copy[other] as Value, copy[at] as Value];
  }
  return copy;
}
