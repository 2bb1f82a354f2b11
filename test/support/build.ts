import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { publisher } from './publisher.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Built once before all tests: what users run, as the command line is started from dist/, and a program that starts fast enough to be killed often. */
export default async function buildAll(): Promise<void> {
  await Promise.all([
    promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: root }).catch(({ stdout, stderr }) => {
      throw new Error(`npm run build: ${stdout}${stderr}`);
    }),
    build({
      entryPoints: [fileURLToPath(new URL('publish-forever.ts', import.meta.url))],
      outfile: publisher,
      bundle: true,
      platform: 'node',
      target: 'node20',
      external: ['hnswlib-node'],
      logLevel: 'warning',
    }),
  ]);
}
