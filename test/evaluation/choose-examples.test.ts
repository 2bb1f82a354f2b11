import { describe, expect, it } from 'vitest';
import { chooseExamples, tasksOf, verifyDocuments } from '../../src/evaluation/choose-examples.ts';
import { exampleOf } from '../support/evaluation.ts';

const all = Array.from({ length: 100 }, (_, at) =>
  exampleOf({ id: `q${at}`, tags: at % 2 === 0 ? ['even'] : ['odd'], draft: at === 3, documents: ['a'], line: at + 1 }),
);
const everything = { limit: null, sample: null, only: [], drafts: true };
const ids = (examples: { id: string }[]) => examples.map(({ id }) => id);

describe('the questions asked', () => {
  it('are all but the drafts', () => {
    expect(chooseExamples(all, { ...everything, drafts: false }, 1)).toHaveLength(99);
    expect(chooseExamples(all, everything, 1)).toHaveLength(100);
  });

  it('may be a sample, the same for the same seed, in the order of the file', () => {
    const choice = { ...everything, sample: 10 };
    const chosen = ids(chooseExamples(all, choice, 5));
    expect(chosen).toHaveLength(10);
    expect(chosen).toEqual(ids(chooseExamples(all, choice, 5)));
    expect(chosen).not.toEqual(ids(chooseExamples(all, choice, 6)));
    expect(chosen).toEqual([...chosen].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
  });

  it('may be those of a tag, and the first of these', () => {
    expect(ids(chooseExamples(all, { ...everything, only: ['odd'], limit: 2 }, 1))).toEqual(['q1', 'q3']);
  });

  it('are refused for a tag that there is not, and when only drafts are left', () => {
    expect(() => chooseExamples(all, { ...everything, only: ['of'] }, 1)).toThrow(
      /--only "of": the tags are even, odd/,
    );
    const drafts = [exampleOf({ draft: true })];
    expect(() => chooseExamples(drafts, { ...everything, drafts: false }, 1)).toThrow(/accept the drafts/);
  });
});

describe('the askings', () => {
  it('are each question’s repeats, then the one with its documents left out', () => {
    const examples = [exampleOf({ id: 'x', documents: ['a'] }), exampleOf({ id: 'y', expected: 'unanswered' })];
    const tasks = tasksOf(examples, { repeat: 2, leaveOut: true, documents: ['a', 'b'] });
    expect(tasks.map(({ example, repeat, leftOut }) => `${example.id}${repeat}${leftOut}`)).toEqual([
      'x1false',
      'x2false',
      'x1true',
      'y1false',
      'y2false',
    ]);
  });

  it('leave nothing out where nothing would be left', () => {
    expect(tasksOf([exampleOf({ documents: ['a'] })], { repeat: 1, leaveOut: true, documents: ['a'] })).toHaveLength(1);
  });
});

it('names a document that is not there, with its line', () => {
  const examples = [exampleOf({ documents: ['news/harbour.txt'], line: 7 })];
  expect(() => verifyDocuments(examples, ['news/harbour'], 'q.jsonl')).toThrow(
    'q.jsonl, line 7: there is no document "news/harbour.txt" in the index; did you mean "news/harbour"?',
  );
});
