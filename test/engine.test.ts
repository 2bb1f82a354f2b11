import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Engine } from '../src/engine.ts';
import { PullquoteError } from '../src/errors.ts';
import type { IngestReport } from '../src/ingest/ingest.ts';
import type { Answer } from '../src/types.ts';
import { seededRandom } from './support/fake-generation.ts';
import { donetsk, expectVerbatim, openReal } from './support/real-engine.ts';
import { copyOf, currentOf, damage, indexOf, runCli, seeds, temporaryFolder } from './support/run-cli.ts';

let index: string;
beforeAll(async () => {
  index = await indexOf(seeds);
});

/** Milliseconds between looks for a new generation; the server takes 1,000. */
const OFTEN = 50;

/** Writes another share into the two articles that name it. */
async function rewrite(folder: string, from: string, to: string): Promise<void> {
  for (const name of ['000_146fd403ef737445.txt', '002_4a1a7f77ad514017.txt']) {
    const text = await readFile(join(folder, name), 'utf8');
    expect(text).toContain(from);
    await writeFile(join(folder, name), text.replaceAll(from, to));
  }
}

async function publish(folder: string, own: string): Promise<void> {
  expect(await runCli(['ingest', folder, '--index', own])).toMatchObject({ code: 0, stderr: '' });
}

async function open(own: string, options: Partial<Parameters<typeof openReal>[0]> = {}) {
  const engine = await openReal({ index: own, ...options });
  onTestFinished(() => engine.close());
  return engine;
}

const served = ({ chatbot }: Engine) => chatbot.corpus().generation;

/** All of an answer but how long it took. */
const lasting = (answer: Answer) => ({ ...answer, timings: null });

describe('the first start', () => {
  it('builds the index, telling how far it is, and the next one finds it', async () => {
    const own = join(await temporaryFolder(), 'index');
    const reports: IngestReport[] = [];
    const progress: [number, number][] = [];
    const options = {
      onIngested: (report: IngestReport) => reports.push(report),
      onProgress: (done: number, total: number) => progress.push([done, total]),
    };
    const first = await open(own, options);
    expect(reports).toMatchObject([{ documents: 5, skipped: [] }]);
    expect(progress.at(-1)).toEqual([reports[0]?.chunks, reports[0]?.chunks]);
    expect(first.warnings()).toEqual([]);
    const answer = await first.chatbot.ask(donetsk);
    expect(answer).toMatchObject({ kind: 'answered', shortAnswer: { text: '75%' }, generation: served(first) });
    expectVerbatim(answer, first.chatbot.corpus().documents);

    const second = await open(own, options);
    expect(reports).toHaveLength(1);
    expect(served(second)).toBe(served(first));
    expect(lasting(await second.chatbot.ask(donetsk))).toEqual(lasting(answer));
  });

  it('of two at once builds one index, which serves both', async () => {
    const own = join(await temporaryFolder(), 'index');
    const reports: IngestReport[] = [];
    const onIngested = (report: IngestReport) => reports.push(report);
    const engines = await Promise.all([open(own, { onIngested }), open(own, { onIngested })]);
    expect(reports.filter(({ unchanged }) => !unchanged)).toHaveLength(1);
    expect(new Set(engines.map(served)).size).toBe(1);
    expect(engines.flatMap((engine) => engine.warnings())).toEqual([]);
  });

  it.each([
    ['no folder of documents', { seeds: '/nonexistent' }, 'FOLDER_MISSING'],
    ['no models', { models: '/nonexistent' }, 'MODEL_MISSING'],
  ])('fails by its code where there is %s, leaving no index', async (_what, options, code) => {
    const own = join(await temporaryFolder(), 'index');
    await expect(openReal({ index: own, ...options })).rejects.toMatchObject({ code });
    await expect(readdir(own)).rejects.toThrow('ENOENT');
  });
});

describe('the same question again', () => {
  it('is the same answer, remembered or worked out anew', async () => {
    const remembering = await open(index);
    const first = await remembering.chatbot.ask(donetsk);
    const again = await remembering.chatbot.ask(`  ${donetsk}\n`);
    expect(again.question).toBe(`  ${donetsk}\n`);
    expect(lasting({ ...again, question: donetsk })).toEqual(lasting(first));
    // Nothing was searched, nothing read.
    expect(Object.keys(first.timings)).toEqual(['condense', 'search', 'answer', 'compare', 'total']);
    expect(Object.keys(again.timings)).toEqual(['total']);

    const forgetful = await open(index, { remembered: 0 });
    for (let time = 0; time < 2; time++) {
      const anew = await forgetful.chatbot.ask(donetsk);
      expect(Object.keys(anew.timings)).toEqual(['condense', 'search', 'answer', 'compare', 'total']);
      expect(lasting(anew)).toEqual(lasting(first));
    }
  });

  it('is not spoilt by what a caller does to the answer', async () => {
    const { chatbot } = await open(index);
    const first = await chatbot.ask(donetsk);
    const before = structuredClone(lasting(first));
    (first.citations[0] as { quote: string }).quote = 'forged';
    first.statements.length = 0;
    expect(lasting(await chatbot.ask(donetsk))).toEqual(before);
  });

  it('is another where only some documents may answer', async () => {
    const { chatbot } = await open(index);
    await chatbot.ask(donetsk);
    for (const id of ['000_146fd403ef737445', '002_4a1a7f77ad514017']) {
      const { citations } = await chatbot.ask(donetsk, { documents: [id] });
      expect(new Set(citations.map(({ document }) => document.id))).toEqual(new Set([id]));
    }
  });
});

describe('a new generation', () => {
  it('serves without a restart: 20 clients never see a failure, nor a mix', async () => {
    const own = await copyOf(index);
    const folder = await copyOf(seeds);
    const engine = await open(own);
    const { chatbot } = engine;
    engine.follow(OFTEN);
    const shares = new Map([[served(engine), '75%']]);
    const seen = new Map<string, number>();
    let stop = false;
    let asked = 0;

    async function client(number: number): Promise<void> {
      while (!stop) {
        // Each asks its own, remembered, and every so often what nobody has asked before.
        const blanks = asked++ % 50 === 0 ? 20 + (asked % 800) : number % 4;
        const question = donetsk.replace(' ', ' '.repeat(1 + blanks));
        const corpus = chatbot.corpus();
        const answer = await chatbot.ask(question);
        expect(answer.generation).toBe(corpus.generation);
        expectVerbatim(answer, corpus.documents);
        expect(answer.shortAnswer?.text).toMatch(/^(75|76|77)%$/);
        const share = answer.shortAnswer?.text ?? '';
        for (const { quote } of answer.citations) expect(quote).toContain(share);
        if (!shares.has(answer.generation)) shares.set(answer.generation, share);
        expect(share).toBe(shares.get(answer.generation));
        seen.set(answer.generation, (seen.get(answer.generation) ?? 0) + 1);
        await sleep(20); // so that the publisher gets a turn
      }
    }
    const clients = Promise.all(Array.from({ length: 20 }, (_, number) => client(number)));
    // Should one fail, it is told now and not after the publishing.
    const watched = <T>(work: Promise<T>): Promise<unknown> => Promise.race([work, clients]);
    try {
      for (const [from, to, sequence] of [
        ['75%', '76%', 2],
        ['76%', '77%', 3],
      ] as const) {
        await rewrite(folder, from, to);
        await watched(publish(folder, own));
        await watched(expect.poll(() => served(engine)).toMatch(new RegExp(`^${sequence}-`)) as Promise<unknown>);
        const now = served(engine);
        await watched(expect.poll(() => seen.get(now) ?? 0).toBeGreaterThanOrEqual(20) as Promise<unknown>);
      }
    } finally {
      stop = true;
    }
    await clients;
    expect([...shares.values()]).toEqual(['75%', '76%', '77%']);
    expect(engine.warnings()).toEqual([]);
    expect(engine.told).toEqual([]);
  });

  it('is asked anew, not answered from what the old one remembered', async () => {
    const own = await copyOf(index);
    const folder = await copyOf(seeds);
    const engine = await open(own);
    const before = await engine.chatbot.ask(donetsk);
    expect((await engine.chatbot.ask(donetsk)).shortAnswer?.text).toBe('75%');
    await rewrite(folder, '75%', '81%');
    await publish(folder, own);
    engine.follow(OFTEN);
    await expect.poll(() => served(engine)).toMatch(/^2-/);
    const after = await engine.chatbot.ask(donetsk);
    expect(after.shortAnswer?.text).toBe('81%');
    expect(after.generation).not.toBe(before.generation);
    expect(JSON.stringify(after)).not.toContain('75%');
  });

  it('is refused when damaged: the old goes on serving, with a warning, until it is mended', async () => {
    const own = await copyOf(index);
    const folder = await copyOf(seeds);
    const engine = await open(own);
    const old = served(engine);
    await rewrite(folder, '75%', '82%');
    await publish(folder, own);
    await damage(join(await currentOf(own), 'documents.jsonl'));
    engine.follow(OFTEN);
    await expect.poll(() => engine.warnings().join('\n')).toMatch(/documents\.jsonl was changed/);
    expect(engine.told).toEqual(engine.warnings());
    expect(served(engine)).toBe(old);
    expect(await engine.chatbot.ask(donetsk)).toMatchObject({ generation: old, shortAnswer: { text: '75%' } });

    await publish(folder, own);
    await expect.poll(() => served(engine)).toMatch(/^3-/);
    expect(engine.warnings()).toEqual([]);
    expect((await engine.chatbot.ask(donetsk)).shortAnswer?.text).toBe('82%');
  });

  it('may be named before it is whole: it serves once it is, and no older one in between', async () => {
    const own = await copyOf(index);
    const folder = await copyOf(seeds);
    await rewrite(folder, '75%', '85%');
    await publish(folder, own);
    const engine = await open(own);
    const old = served(engine);
    await rewrite(folder, '85%', '86%');
    await publish(folder, own);
    const whole = await currentOf(own);
    await rename(whole, `${whole}-on-its-way`);
    engine.follow(OFTEN);
    await expect.poll(() => engine.warnings().join('\n')).toMatch(`${old} goes on serving`);
    expect(served(engine)).toBe(old);
    await rename(`${whole}-on-its-way`, whole);
    await expect.poll(() => served(engine)).toMatch(/^3-/);
    expect(engine.warnings()).toEqual([]);
    expect(engine.told).toHaveLength(1);
  });

  it('is not replaced by an older one where it alone is damaged', async () => {
    const own = await copyOf(index);
    const folder = await copyOf(seeds);
    await rewrite(folder, '75%', '87%');
    await publish(folder, own);
    const engine = await open(own);
    const old = served(engine);
    await rm(join(own, old), { recursive: true });
    await writeFile(join(own, 'CURRENT'), '9-0123456789abcdef\n');
    engine.follow(OFTEN);
    await expect
      .poll(() => engine.warnings().join('\n'))
      .toMatch(`9-0123456789abcdef cannot be served, ${old} goes on serving: INDEX_CORRUPT: `);
    expect(served(engine)).toBe(old);
    expect((await engine.chatbot.ask(donetsk)).shortAnswer?.text).toBe('87%');
  });

  it('may be lost, and all others with it: what is in memory goes on serving', async () => {
    const own = await copyOf(index);
    const folder = await copyOf(seeds);
    const engine = await open(own);
    const old = served(engine);
    await rewrite(folder, '75%', '83%');
    await publish(folder, own);
    await damage(join(await currentOf(own), 'vectors.f32'));
    await rm(join(own, old), { recursive: true });
    engine.follow(OFTEN);
    await expect.poll(() => engine.warnings()).toHaveLength(1);
    expect(engine.warnings()[0]).toMatch(
      /^2-\w+ cannot be served, 1-\w+ goes on serving: INDEX_CORRUPT: .*vectors\.f32 was changed/,
    );
    const answer = await engine.chatbot.ask(donetsk);
    expect(answer).toMatchObject({ generation: old, shortAnswer: { text: '75%' } });
    expectVerbatim(answer, engine.chatbot.corpus().documents);
    // Told once, not at each look.
    await sleep(OFTEN * 6);
    expect(engine.told).toHaveLength(1);
  });

  it('is not followed any more once the engine is closed', async () => {
    const own = await copyOf(index);
    const folder = await copyOf(seeds);
    const engine = await open(own);
    engine.follow(OFTEN);
    await engine.close();
    await rewrite(folder, '75%', '84%');
    await publish(folder, own);
    await sleep(OFTEN * 6);
    expect(served(engine)).toMatch(/^1-/);
  });
});

describe('a damaged index', () => {
  const TRIALS = 24;
  it(`answers as it did, or is refused with a code, ${TRIALS} times`, async () => {
    const random = seededRandom(18);
    const below = (most: number) => Math.floor(random() * most);
    const expected = { ...lasting(await (await open(index)).chatbot.ask(donetsk)), generation: null };
    const id = (await readFile(join(index, 'CURRENT'), 'utf8')).trim();
    const names = [
      'CURRENT',
      ...['manifest.json', 'documents.jsonl', 'chunks.jsonl', 'vectors.f32', 'graph.hnsw'].map((name) =>
        join(id, name),
      ),
    ];
    const damages: ((bytes: Buffer) => Buffer)[] = [
      (bytes) => Buffer.from(bytes.fill(bytes.readUInt8(0) ^ (1 << below(8)), 0, 1)),
      (bytes) => {
        const at = below(bytes.length);
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << below(8)), at);
        return bytes;
      },
      (bytes) => bytes.subarray(0, below(bytes.length)),
      (bytes) => bytes.fill(0, below(bytes.length)),
      (bytes) => Buffer.concat([bytes, Buffer.from('\n')]),
    ];
    const ends = { answered: 0, refused: 0 };
    for (let trial = 0; trial < TRIALS; trial++) {
      const own = await copyOf(index);
      const name = names[trial % names.length] as string;
      const file = join(own, name);
      const which = below(damages.length);
      await writeFile(file, damages[which]?.(await readFile(file)) ?? '');
      try {
        const engine = await open(own);
        const answer = await engine.chatbot.ask(donetsk);
        expect({ ...lasting(answer), generation: null }, `${name}, damage ${which}`).toEqual(expected);
        ends.answered++;
      } catch (error) {
        if (!(error instanceof PullquoteError)) throw error;
        expect(error.code, `${name}, damage ${which}`).toMatch(/^INDEX_/);
        ends.refused++;
      }
    }
    expect(ends.answered).toBeGreaterThan(3);
    expect(ends.refused).toBeGreaterThan(3);
  });
});
