import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { RunError } from '../../bench/model/errors.ts';

const NEIGHBOUR = fileURLToPath(new URL('busy-neighbour.ts', import.meta.url));

/**
 * Does the work beside a process that uses the memory, and ends that process in every case.
 *
 * @throws RunError when the process ends before the work: the runs were not disturbed as they should have been
 */
export async function besideNeighbour<T>(work: () => Promise<T>): Promise<T> {
  const neighbour = spawn(process.execPath, ['--import', './scripts/typescript.js', NEIGHBOUR], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(neighbour, 'close');
  try {
    const done = await work();
    if (neighbour.exitCode !== null || neighbour.signalCode !== null)
      throw new RunError('The process that should disturb the runs ended before them', {
        remedy: 'Make them again.',
      });
    return done;
  } finally {
    neighbour.kill('SIGKILL');
    await ended;
  }
}
