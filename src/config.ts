/**
 * Reads the settings; the only file that reads the environment. Strict on purpose: a setting that is silently misread is found weeks later,
 * one that is refused is found at start.
 */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { PullquoteError, shown, systemCode } from './errors.ts';
import { type Config, type Setting, settings, table } from './settings.ts';
import { editDistance } from './text/edit-distance.ts';

/** Variables that only the test suite reads. */
const ofTheTests = 'PULLQUOTE_TEST_';

/**
 * The settings that an environment gives. A variable that is unset or empty (as `.env` files write it) takes its default.
 *
 * @throws SETTING_INVALID for a value that is not allowed, and for a PULLQUOTE_… variable that is nearly one of ours. What is far from
 * all is someone else's: Kubernetes names such variables after a service, a script after itself.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const known = new Set<string>(settings.map(({ variable }) => variable));
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('PULLQUOTE_') || name.startsWith(ofTheTests) || known.has(name)) continue;
    const meant = closest(name, known);
    if (meant === null) continue;
    throw new PullquoteError('SETTING_INVALID', `There is no setting ${name}; did you mean ${meant}?`, {
      variable: name,
      closest: meant,
    });
  }
  const config: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(table)) {
    const value = environment[setting.variable]?.trim() || setting.fallback;
    const parsed = setting.schema.safeParse(value);
    if (!parsed.success) throw invalid(setting, name === 'judgeKey' ? '…' : value);
    config[name] = parsed.data;
  }
  return config as Config;
}

/** The settings of this process: what is said here, else the environment, else a `.env` file in the working folder. */
export function readSettings(instead: Partial<Record<Setting['variable'], string | undefined>>): Config {
  const said = Object.entries(instead).filter(([, value]) => value !== undefined);
  return readConfig({ ...dotEnv(), ...process.env, ...Object.fromEntries(said) });
}

function dotEnv(): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return {};
    throw new PullquoteError('SETTING_INVALID', `.env cannot be read (${code})`, { file: '.env', code }, error);
  }
}

/** May a terminal be written to in colour? (https://no-color.org) */
export function mayColour(stream: { isTTY?: boolean }): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR;
}

function invalid({ variable, allowed }: Setting, value: string | null): PullquoteError {
  return new PullquoteError('SETTING_INVALID', `${variable}=${shown(value)} must be ${allowed}`, {
    variable,
    value,
    allowed,
  });
}

/** A name this many edits from one of ours, or fewer, is a misspelling of it. */
const CLOSE = 3;

function closest(name: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = CLOSE + 1;
  for (const candidate of known) {
    const distance = editDistance(name, candidate, CLOSE);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}
