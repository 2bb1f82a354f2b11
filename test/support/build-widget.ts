import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The widget as it is served, built once before all tests: the server reads the file. */
export default async function buildWidget(): Promise<void> {
  await promisify(execFile)('npm', ['run', '--silent', 'build:widget'], { cwd: root });
}
