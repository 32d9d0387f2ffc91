import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Flags of a run of some seconds. */
export const SHORT_RUN = [
  ...['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05', '--baseline', 'shipped'],
  ...['--budget', '1'],
];

/** The script as a process of its own, with what it has written so far. */
export function startRepeat(...argv: string[]) {
  const child = spawn(
    process.execPath,
    ['--import', './scripts/typescript.js', 'scripts/qualify-repeat.ts', ...argv],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const shown = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (shown.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (shown.err += chunk.toString()));
  const code = once(child, 'close').then(([exitCode]) => exitCode as unknown);
  return { child, shown, code };
}
