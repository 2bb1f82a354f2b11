import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

/** DESIGN.md's direction, lowest first. A module imports what stands on lines before its own, and its own folder; never its line's others. */
const LAYERS = [
  ['types', 'errors', 'texts'],
  ['text'],
  ['widget', 'server-settings', 'slack-settings', 'chat-model-settings'],
  ['settings'],
  ['config'],
  ['inference'],
  ['retrieval'],
  ['ingest', 'answering'],
  ['chatbot', 'conversations', 'feedback'],
  ['metrics'],
  ['engine'],
  ['server', 'slack', 'evaluation'],
  ['cli'],
  ['main'],
];

/** What the lines above would allow but the design does not. */
function isForbidden(from: string, to: string): boolean {
  if (to.endsWith('-settings')) return from !== 'settings';
  if (to === 'config' || to === 'settings') return !['main', 'cli', 'config'].includes(from);
  if (to === 'widget') return true; // it is served as a file
  if (from === 'widget') return !['types', 'texts', 'text'].includes(to);
  return from === 'server' && to === 'engine';
}

/** Path below src → its source. */
type Modules = Map<string, string>;

/** The code without its comments. Strings are skipped over, so that `//` in an address is none. */
function withoutComments(source: string): string {
  return source.replace(
    /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, text?: string) => text ?? '',
  );
}

/** Every specifier: `import … from`, `export … from`, `import '…'`, `import('…')`, also of types. */
function specifiersOf(source: string): string[] {
  const found = withoutComments(source).matchAll(/\b(?:from|import)\s*\(?\s*(['"`])([^'"`\n]+)\1/g);
  return [...found].map((match) => match[2] ?? '');
}

/** Paths below src that a module imports. A style sheet, which the build takes in as text, is none. */
function importsOf(path: string, source: string): string[] {
  const own = specifiersOf(source).filter((specifier) => specifier.startsWith('.') && !specifier.endsWith('.css'));
  return own.map((specifier) => posix.normalize(posix.join(posix.dirname(path), specifier)));
}

/** `retrieval/search.ts` → `retrieval`, `main.ts` → `main`. */
function unitOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '');
}

function wrongImports(modules: Modules): string[] {
  const wrong: string[] = [];
  for (const [path, source] of modules) {
    const from = unitOf(path);
    const line = LAYERS.findIndex((units) => units.includes(from));
    if (line < 0) wrong.push(`${path} has no place in LAYERS`);
    for (const imported of importsOf(path, source)) {
      const to = unitOf(imported);
      const lower = LAYERS.findIndex((units) => units.includes(to));
      if (!modules.has(imported)) wrong.push(`${path} → ${imported}, which is not there`);
      else if (from !== to && (lower < 0 || lower >= line || isForbidden(from, to)))
        wrong.push(`${path} → ${imported}`);
    }
  }
  return wrong;
}

/** The first cycle found, as a path, or null. */
function cycleIn(modules: Modules): string | null {
  const done = new Set<string>();
  const visit = (path: string, above: string[]): string | null => {
    if (above.includes(path)) return [...above.slice(above.indexOf(path)), path].join(' → ');
    if (done.has(path)) return null;
    for (const imported of importsOf(path, modules.get(path) ?? '')) {
      const cycle = visit(imported, [...above, path]);
      if (cycle !== null) return cycle;
    }
    done.add(path);
    return null;
  };
  for (const path of modules.keys()) {
    const cycle = visit(path, []);
    if (cycle !== null) return cycle;
  }
  return null;
}

/** The modules whose code, comments aside, holds a pattern. */
function holding(modules: Modules, pattern: RegExp): string[] {
  return [...modules].filter(([, source]) => pattern.test(withoutComments(source))).map(([path]) => path);
}

const ENVIRONMENT = /\bprocess\s*\.\s*env\b|\benv\b[^;]*\}\s*=\s*process\b|\bloadEnvFile\b|from 'node:process'/;
const CAST_TO_CITATION = /\bas\s+(?:unknown\s+as\s+)?(?:readonly\s+)?Citation\b(?!\w|\[')|<Citation>\s*[{(\w]/;

const src = fileURLToPath(new URL('../src/', import.meta.url));
const modules: Modules = new Map();
beforeAll(async () => {
  for (const path of await readdir(src, { recursive: true })) {
    if (path.endsWith('.ts')) modules.set(path.split('\\').join('/'), await readFile(join(src, path), 'utf8'));
  }
});

describe('the modules of src', () => {
  it('are all read, and their imports found', () => {
    expect(modules.size).toBeGreaterThan(30);
    expect(importsOf('chatbot.ts', modules.get('chatbot.ts') ?? '')).toContain('retrieval/search.ts');
    const count = [...modules].reduce((sum, [path, source]) => sum + importsOf(path, source).length, 0);
    expect(count).toBeGreaterThan(100);
  });

  it('import downward only', () => {
    expect(wrongImports(modules)).toEqual([]);
  });

  it('form no cycle, not even of types', () => {
    expect(cycleIn(modules)).toBeNull();
  });

  it('leave the environment to config.ts', () => {
    expect(holding(modules, ENVIRONMENT)).toEqual(['config.ts']);
  });

  it('leave the making of citations to answering/citations.ts', () => {
    expect(holding(modules, CAST_TO_CITATION)).toEqual(['answering/citations.ts']);
  });
});

describe('the rules themselves', () => {
  /** The real modules with one more line in one of them. */
  const withLine = (path: string, line: string): Modules =>
    new Map(modules).set(path, `${modules.get(path)}\n${line}\n`);

  it.each([
    ['text/tokenize.ts', "import { search } from '../retrieval/search.ts';"],
    ['retrieval/search.ts', "import type { Draft } from '../answering/extractive.ts';"],
    ['answering/extractive.ts', "export * from '../ingest/chunk.ts';"],
    ['ingest/chunk.ts', "const { collectCitations } = await import('../answering/citations.ts');"],
    ['server/chat.ts', "import { openEngine } from '../engine.ts';"],
    ['server/chat.ts', "import '../cli/chat.ts';"],
    ['server/chat.ts', "type It = import('../config.ts').Config;"],
    ['engine.ts', "import { readSettings } from './config.ts';"],
    ['engine.ts', "import {\n  createServer,\n} from './server/app.ts';"],
    ['chatbot.ts', "import { createConversations } from './conversations.ts';"],
    ['types.ts', "import { codes } from './errors.ts';"],
    ['errors.ts', "import { gone } from './gone.ts';"],
    ['slackbot/app.ts', ''],
  ])('refuse in %s: %s', (path, line) => {
    const before = wrongImports(modules);
    const wrong = wrongImports(withLine(path, line)).filter((it) => !before.includes(it));
    expect(wrong).toEqual([expect.stringContaining(path)]);
  });

  it('let a comment and a string speak of anything', () => {
    const line =
      "// import '../engine.ts'\n/* from '../main.ts' process.env */ const address = 'http://x'; // as Citation";
    const amended = withLine('text/tokenize.ts', line);
    expect(wrongImports(amended)).toEqual(wrongImports(modules));
    expect(holding(amended, ENVIRONMENT)).toEqual(['config.ts']);
    expect(holding(amended, CAST_TO_CITATION)).toEqual(['answering/citations.ts']);
  });

  it('find a cycle, of types too', () => {
    const amended = withLine('text/unicode.ts', "import type { tokenize } from './tokenize.ts';");
    amended.set('text/tokenize.ts', "import { x } from './unicode.ts';");
    expect(cycleIn(amended)).toMatch(
      /unicode\.ts → .*tokenize\.ts → .*unicode\.ts|tokenize\.ts → .*unicode\.ts → .*tokenize\.ts/,
    );
  });

  it.each(['const home = process.env.HOME;', 'const { env } = process;', "import { env } from 'node:process';"])(
    'find the environment read: %s',
    (line) => {
      expect(holding(withLine('engine.ts', line), ENVIRONMENT).sort()).toEqual(['config.ts', 'engine.ts']);
    },
  );

  it.each(['return made as Citation;', 'return made as unknown as Citation[];', 'return <Citation>{ ...made };'])(
    'find a citation made by hand: %s',
    (line) => {
      expect(holding(withLine('chatbot.ts', line), CAST_TO_CITATION).sort()).toEqual([
        'answering/citations.ts',
        'chatbot.ts',
      ]);
    },
  );
});
