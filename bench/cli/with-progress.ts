import type { Progress } from '../model/progress.ts';
import { createProgress } from '../progress/progress.ts';
import { appearance, type Io } from './io.ts';

/**
 * Runs `use` with its progress shown on stderr. It stops when `use` ends, or already when that is interrupted: what
 * is then said stays below it.
 *
 * @param progress @default what suits stderr
 */
export async function withProgress<T>(
  { stderr, env, signal }: Pick<Io, 'stderr' | 'env' | 'signal'>,
  use: (progress: Progress) => Promise<T>,
  progress = createProgress(stderr, appearance(stderr, env)),
): Promise<T> {
  signal.addEventListener('abort', progress.stopped);
  try {
    return await use(progress);
  } finally {
    signal.removeEventListener('abort', progress.stopped);
    progress.stopped();
  }
}
