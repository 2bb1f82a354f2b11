/** The command line as a person runs it: a process of its own, in a clean environment. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export const root = fileURLToPath(new URL('../../', import.meta.url));
/** As it is built, once, before all tests. */
export const main = join(root, 'dist/main.js');

export interface RunOptions {
  /** Beside PATH and HOME, all that the process sees of the environment. */
  env?: Record<string, string>;
  /** Default: the project's folder. */
  cwd?: string;
  /** Written to stdin, which is then closed. Default: nothing. */
  input?: string;
}

export interface Ended {
  /** The exit code; null if a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
  ms: number;
}

export interface Started {
  child: ChildProcessWithoutNullStreams;
  ended: Promise<Ended>;
  /** What stdout matched, once it does; rejects with all that was written if the process ends before. */
  until: (pattern: RegExp) => Promise<RegExpExecArray>;
}

/** Folders made here go when the test file is done; processes too. */
const folders: string[] = [];
const children = new Set<ChildProcessWithoutNullStreams>();
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

/** Starts `pullquote …`. */
export function startCli(args: string[], { env = {}, cwd = root, input = '' }: RunOptions = {}): Started {
  const began = performance.now();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [main, ...args], { cwd, env: { PATH, HOME, ...env } });
  children.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined); // it may end before it has read all
  child.stdin.end(input);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      children.delete(child);
      resolve({ code, stdout, stderr, ms: performance.now() - began });
    });
  });
  return {
    child,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(stdout);
          if (match) resolve(match);
        };
        child.stdout.on('data', look);
        look();
        ended.then(() => reject(new Error(`ended without ${pattern}: ${stdout}${stderr}`)), reject);
      }),
  };
}

/** Runs `pullquote …` to its end. */
export function runCli(args: string[], options?: RunOptions): Promise<Ended> {
  return startCli(args, options).ended;
}

/** Starts `pullquote serve` on a free port; resolves once it answers. */
export async function startServer(index: string, options: RunOptions = {}): Promise<Started & { url: string }> {
  const env = { PULLQUOTE_LOG_LEVEL: 'silent', ...options.env };
  const started = startCli(['serve', '--port', '0', '--index', index], { ...options, env });
  const [, url = ''] = await started.until(/ at (http:\S+) /);
  return { ...started, url };
}

/** Asks a running server; the status and the body. */
// biome-ignore lint/suspicious/noExplicitAny: an answer or an error, as the test expects
export async function askServer(url: string, question: string): Promise<{ status: number; body: any }> {
  const response = await fetch(`${url}/api/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question }),
  });
  return { status: response.status, body: await response.json() };
}

/** An empty folder, deleted when the test file is done. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pullquote-test-'));
  folders.push(folder);
  return folder;
}

/** A copy of a folder. */
export async function copyOf(folder: string): Promise<string> {
  const copy = await temporaryFolder();
  await cp(folder, copy, { recursive: true });
  return copy;
}

/** The five articles. */
export const seeds = join(root, 'seeds');

/** Builds an index of a folder, as `pullquote ingest` does. */
export async function indexOf(folder: string): Promise<string> {
  const index = join(await temporaryFolder(), 'index');
  const { code, stderr } = await runCli(['ingest', folder, '--index', index]);
  if (code !== 0) throw new Error(stderr);
  return index;
}

/** The folder of the generation that serves. */
export async function currentOf(index: string): Promise<string> {
  return join(index, (await readFile(join(index, 'CURRENT'), 'utf8')).trim());
}

/** Turns over one bit in the middle of a file. */
export async function damage(file: string): Promise<void> {
  const bytes = await readFile(file);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  await writeFile(file, bytes);
}
