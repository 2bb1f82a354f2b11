import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PullquoteError } from '../../src/errors.ts';
import { type ReadOptions, readQuestions } from '../../src/evaluation/questions/read-questions.ts';
import { root, temporaryFolder } from '../support/run-cli.ts';

const folder = await temporaryFolder();

async function read(name: string, text: string | Uint8Array, options?: ReadOptions) {
  const file = join(folder, name);
  await writeFile(file, text);
  return (await readQuestions(file, options)).examples;
}

/** What is wrong, without the folder. */
async function refusal(name: string, text: string | Uint8Array, options?: ReadOptions): Promise<string> {
  try {
    await read(name, text, options);
  } catch (error) {
    if (error instanceof PullquoteError) return `${error.code}: ${error.message.replace(`${folder}/`, '')}`;
    throw error;
  }
  throw new Error('it was accepted');
}

const lines = (...records: unknown[]) =>
  records.map((it) => (typeof it === 'string' ? it : JSON.stringify(it))).join('\n');

describe('a JSONL file', () => {
  it('has a question a line, flat or with what is expected apart', async () => {
    const [flat, nested, unknown] = await read(
      'q.jsonl',
      lines(
        {
          id: 'a',
          question: 'Who?',
          words: ['Ada', ['King', 'Queen']],
          documents: ['x', 'y'],
          minDocuments: 2,
          tags: ['t'],
          history: ['When?'],
          among: ['x', 'y'],
        },
        '',
        { question: 'Why?', expect: { kind: 'unanswered' } },
        { question: 'How?' },
      ),
    );
    expect(flat).toMatchObject({
      id: 'a',
      expected: 'answered',
      words: [['Ada'], ['King', 'Queen']],
      documents: ['x', 'y'],
      minDocuments: 2,
      history: ['When?'],
      among: ['x', 'y'],
      line: 1,
    });
    expect(nested).toMatchObject({ id: 'line 3', expected: 'unanswered', line: 3 });
    expect(unknown).toMatchObject({ id: 'line 4', expected: null });
  });

  it('may say yes or no, and the sides on which the documents differ', async () => {
    const examples = await read(
      'q.jsonl',
      lines(
        { question: 'Is it?', verdict: 'yes' },
        { question: 'Was it?', verdict: null },
        { question: 'How many?', expect: { sides: [['30', 'thirty'], ['35']], compatible: true } },
        { question: 'How much?', disagreement: false },
      ),
    );
    expect(examples).toMatchObject([
      { verdict: 'yes', expected: 'answered' },
      { verdict: 'none', expected: null },
      { verdict: null, expected: 'answered', disagreement: true, sides: [['30', 'thirty'], ['35']], compatible: true },
      { expected: null, disagreement: false, sides: [] },
    ]);
  });

  it('may hold conversations, a question a turn', async () => {
    const examples = await read(
      'q.jsonl',
      lines({
        id: 'c',
        tags: ['talk'],
        turns: [
          { question: 'One?', answers: ['1'] },
          { question: 'And two?', expect: { words: [['2']], standalone: ['one'] }, tags: ['late'] },
        ],
      }),
    );
    expect(examples).toMatchObject([
      { id: 'c.1', history: [], answers: ['1'], tags: ['talk'] },
      { id: 'c.2', history: ['One?'], standalone: ['one'], tags: ['talk', 'late'] },
    ]);
  });

  it.each([
    [lines({ question: 'A?' }, '{"question": '), /^QUESTIONS_INVALID: q\.jsonl, line 2: not JSON: /],
    [
      lines(...Array.from({ length: 16 }, (_, at) => ({ question: `${at}?` })), '{"question" "x"}'),
      / line 17: not JSON/,
    ],
    [lines({ id: 'a' }), / line 1: "question" is missing$/],
    [lines({ question: 'A?' }, { question: '  ' }), / line 2: "question" is empty$/],
    [lines({ question: 'A?', anwsers: ['x'] }), / line 1: there is no field "anwsers"; did you mean "answers"\?$/],
    [lines({ question: 'A?', tags: 'plain' }), / line 1: "tags" is "plain", which it cannot be/],
    [lines({ question: 'A?', expect: { kind: 'maybe' } }), / line 1: "expect\.kind" is "maybe"/],
    [
      lines({ question: 'A?', unanswerable: true, words: ['x'] }),
      / line 1: an unanswerable question cannot have words/,
    ],
    [
      lines({ question: 'A?', documents: ['x'], minDocuments: 2 }),
      / line 1: "minDocuments" is 2, but there are 1 documents$/,
    ],
    [lines({ id: 'a', question: 'A?' }, { id: 'a', question: 'B?' }), / line 2: the id "a" is that of line 1 already$/],
    [
      lines({ tags: ['plain'] }, { question: 'A?', tags: ['plain'] }, { question: 'B?', tags: ['plian'] }),
      / line 3: unknown tag "plian"; the tags are plain$/,
    ],
    [lines({ question: 'A?', verdict: 'maybe' }), / line 1: "verdict" is "maybe", which it cannot be/],
    [lines({ question: 'A?', verdict: 'yes', unanswerable: true }), / line 1: an unanswerable question cannot have /],
    [
      lines({ question: 'A?', sides: [['1'], ['2']], disagreement: false }),
      / line 1: "sides" and "compatible" are of /,
    ],
    [
      lines({ question: 'A?', compatible: true }),
      / line 1: "sides" and "compatible" are of what the documents differ on$/,
    ],
    [lines({ id: 'c', turns: [{ question: 'A?' }, {}] }), / line 1: "turns\.1\.question" is missing$/],
    ['[1]', / line 1: a question must be an object, not \[1\]$/],
    ['', / holds no question$/],
  ])('that is wrong is named with its line: %#', async (text, message) => {
    expect(await refusal('q.jsonl', text)).toMatch(message);
  });

  it('may be held to the tags of the command line', async () => {
    const text = lines({ question: 'A?', tags: ['b'] });
    expect(await refusal('q.jsonl', text, { tags: ['a'] })).toMatch(/ line 1: unknown tag "b"; the tags are a$/);
    expect(await read('q.jsonl', text, { tags: ['a', 'b'] })).toHaveLength(1);
  });

  it('may be exported feedback: the documents asked are its scope, and what was liked is right', async () => {
    const answer = { kind: 'answered', question: 'A?', citations: [] };
    const [liked, disliked] = await read(
      'q.jsonl',
      lines(
        {
          id: 'feedback-1',
          tags: ['feedback', 'answerable'],
          question: 'A?',
          history: ['B?'],
          documents: ['x', 'y'],
          expect: { kind: 'answered', words: [['1']], documents: ['x'] },
          feedback: { rating: 'up', at: '2026-11-22', trust: 'given', answer },
        },
        {
          id: 'feedback-2',
          tags: ['feedback'],
          question: 'C?',
          feedback: { rating: 'down', note: 'wrong year', at: '2026-11-22', trust: 'given', answer },
        },
      ),
    );
    expect(liked).toMatchObject({
      expected: 'answered',
      words: [['1']],
      documents: ['x'],
      among: ['x', 'y'],
      history: ['B?'],
    });
    expect(disliked).toMatchObject({ expected: null, tags: ['feedback', 'disliked'] });
  });
});

describe('a JSON file', () => {
  it('of the fixed questions is read as it is', async () => {
    const { examples } = await readQuestions(join(root, 'test/questions/articles.json'));
    expect(examples.length).toBeGreaterThan(70);
    expect(examples[0]).toMatchObject({ id: 'donetsk-control', words: [['75%']], minDocuments: 2, line: 2 });
    const sides = await readQuestions(join(root, 'test/questions/sides.json'));
    expect(new Set(sides.examples.map(({ verdict }) => verdict))).toEqual(new Set([null, 'yes', 'no', 'none']));
    expect(sides.examples.filter(({ disagreement }) => disagreement).map(({ sides: it }) => it.length)).toContain(2);
  });

  it.each([
    ['[\n  {"question": "A?"},\n  {"question": }\n]', /q\.json, line 3: not JSON: value expected$/],
    ['[\n  {"question": "A?"},\n  {\n    "question": "B?",\n    "tags": 7\n  }\n]', / line 5: "tags" is 7/],
    ['[\n  {"question": "A?"},\n  {"id": "b"}\n]', / line 3: "question" is missing$/],
    ['{"tags": ["a"], "questions": [\n{"question": "A?", "tags": ["b"]}]}', / line 2: unknown tag "b"/],
    [
      '{"data": [{"title": "T", "paragraphs": [\n{"context": "x",\n"qas": [{"question": 3, "answers": []}]}]}]}',
      / line 3: not SQuAD’s format at data\.0\.paragraphs\.0\.qas\.0\.question/,
    ],
    ['{"a": 1}', / line 1: a list of questions is expected/],
    ['// no\n[]', / line 1: not JSON: invalid comment token$/],
  ])('that is wrong is named with its line: %#', async (text, message) => {
    expect(await refusal('q.json', text)).toMatch(message);
  });
});

describe('a CSV file', () => {
  it('has lists in its cells, and cells that run over lines', async () => {
    const text =
      '\ufeffquestion,words,documents,unanswerable,tags\r\n"Who, and\nwhen?",Ada | Queen; 1843,x|y,,plain\r\nWhy?,,,yes,\r\n';
    expect(await read('q.csv', text)).toMatchObject([
      {
        id: 'line 2',
        question: 'Who, and\nwhen?',
        words: [['Ada', 'Queen'], ['1843']],
        documents: ['x', 'y'],
        tags: ['plain'],
        expected: 'answered',
      },
      { id: 'line 4', question: 'Why?', expected: 'unanswered' },
    ]);
  });

  it.each([
    ['question;answers\nWho?;Ada, Queen\n', [{ question: 'Who?', answers: ['Ada, Queen'] }]],
    ['question\tanswers\nWho?\tAda\n', [{ question: 'Who?', answers: ['Ada'] }]],
    ['sep=;\r\nquestion;answers\r\nWho?;Ada, Queen\r\n', [{ line: 3, answers: ['Ada, Queen'] }]],
    // What spreadsheets do: capitals, rows of nothing, last cells left out, words of truth in German.
    [
      'Question,Unanswerable,Tags\nWho?,WAHR\n,,\n\nWhy?,,a\n',
      [
        { line: 2, expected: 'unanswered' },
        { line: 5, tags: ['a'] },
      ],
    ],
    [
      'question,verdict,sides\nIs it?,YES,\nHow many?,,30|thirty;35\n',
      [{ verdict: 'yes' }, { sides: [['30', 'thirty'], ['35']] }],
    ],
  ])('may be as spreadsheets write it: %j', async (text, examples) => {
    expect(await read('q.csv', text)).toMatchObject(examples);
  });

  it.each([
    ['question,anwser\nWho?,Ada\n', / line 1: there is no column "anwser"; the columns are /],
    ['id,words\n1,x\n', / line 1: the column "question" is missing$/],
    ['question,answers\nWho?,a\nWhy?,b,c\n', / line 3: not CSV: /],
    ['question,answers\nWho?,a\n"Why?,b\n', / line 3: not CSV: a quotation mark is not closed$/],
    [`question\n"A\nB?"\n"Why?\n${'C?\n'.repeat(20)}`, / line 4: not CSV: a quotation mark is not closed$/],
    ['question,words,words\nWho?,a,b\n', / line 1: the column "words" is there twice$/],
    ['question,,\nWho?,,\n', / line 1: column 2 has no name; the columns are /],
    ['question,unanswerable\nWho?,perhaps\n', / line 2: "unanswerable" is "perhaps"; it must be yes or no$/],
    ['question,minDocuments,documents\nWho?,many,x\n', / line 2: "minDocuments" is "many", which it cannot be/],
    ['id,question\n1,\n', / line 2: "question" is missing$/],
  ])('that is wrong is named with its line: %#', async (text, message) => {
    expect(await refusal('q.csv', text)).toMatch(message);
  });
});

describe('a SQuAD file', () => {
  const context = 'A 🚢 came. The harbour cost 12 million in 2026, and nobody had expected it to cost that much money.';
  const squad = (extra: object = {}) =>
    JSON.stringify({
      version: 'v2.0',
      data: [
        {
          title: 'Harbour',
          paragraphs: [
            {
              context,
              qas: [
                // SQuAD counts the ship as one, as Python does.
                {
                  id: 's1',
                  question: 'What did it cost?',
                  answers: [
                    {
                      text: '12 million',
                      answer_start: Array.from(context.slice(0, context.indexOf('12 million'))).length,
                    },
                  ],
                  is_impossible: false,
                },
                {
                  id: 's2',
                  question: 'Who built it?',
                  answers: [],
                  plausible_answers: [{ text: 'nobody', answer_start: 55 }],
                  is_impossible: true,
                },
              ],
              ...extra,
            },
          ],
        },
      ],
    });

  it('gives questions, and its paragraphs as documents when they are wanted', async () => {
    const file = join(folder, 's.json');
    await writeFile(file, squad());
    const own = await readQuestions(file);
    expect(own.squad).toBeNull();
    expect(own.examples[0]).toMatchObject({
      id: 's1',
      answers: ['12 million'],
      documents: [],
      places: [],
      tags: ['Harbour'],
    });
    expect(own.examples[1]).toMatchObject({ id: 's2', expected: 'unanswered' });
    const whole = await readQuestions(file, { withDocuments: true });
    const [place] = whole.examples[0]?.places ?? [];
    const document = whole.squad?.documents[0];
    expect(place?.documentId).toBe(document?.id);
    expect(document?.text.slice(place?.start)).toMatch(/^12 million/);
  });

  it('whose answer does not stand where it says is refused', async () => {
    const text = squad().replace(/"answer_start":\d+/, '"answer_start":1');
    expect(await refusal('s.json', text)).toMatch(/ line 1: "12 million" does not stand at 1 of its paragraph$/);
  });

  it('may have two articles of one title, whose paragraphs are kept apart', async () => {
    const article = (year: string) => ({
      title: 'Harbour',
      paragraphs: [
        {
          context: `It was opened in ${year}.`,
          qas: [{ question: `${year}?`, answers: [{ text: year, answer_start: 17 }] }],
        },
      ],
    });
    const file = join(folder, 'twice.json');
    await writeFile(file, JSON.stringify({ data: [article('1934'), article('1950')] }, null, 1));
    const { examples, squad } = await readQuestions(file, { withDocuments: true });
    expect(examples.map(({ documents }) => documents)).toEqual([['Harbour/0'], ['Harbour (2)/0']]);
    expect(squad?.documents.map(({ id }) => id)).toEqual(['Harbour/0', 'Harbour (2)/0']);
  });

  it('is what --documents-from-file needs', async () => {
    expect(await refusal('q.jsonl', lines({ question: 'A?' }), { withDocuments: true })).toMatch(/brings no documents/);
  });
});

describe('a file', () => {
  it('that is not there, of another kind, or no text is named', async () => {
    await expect(readQuestions(join(folder, 'gone.jsonl'))).rejects.toMatchObject({ code: 'QUESTIONS_UNREADABLE' });
    expect(await refusal('q.yaml', 'a: 1')).toMatch(/must end in \.jsonl, \.json, \.csv or \.tsv$/);
    expect(await refusal('q.jsonl', new Uint8Array([0xff, 0xfe, 0x00]))).toMatch(/begins like UTF-16LE but is not$/);
    expect(await refusal('q.csv', Buffer.from('question\nWer wählt?', 'latin1'))).toMatch(
      /is not UTF-8: bad byte at offset 14\. Convert it to UTF-8$/,
    );
  });

  it('may be UTF-16, as Excel saves text', async () => {
    const text = Buffer.from('\ufeffquestion\tanswers\r\nWer wählt?\tAlle\r\n', 'utf16le');
    expect(await read('q.tsv', text)).toMatchObject([{ question: 'Wer wählt?', answers: ['Alle'] }]);
  });
});
