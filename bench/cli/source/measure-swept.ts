import type { ExitCode } from '../../model/errors.ts';
import type { Io } from '../io.ts';
import { keepWhatRuns } from './keep-what-runs.ts';
import { flagsLikeTry } from './measuring-server.ts';
import type { SourceRead } from './read-suite.ts';
import type { SweepWords } from './sweep-words.ts';

/** Keeps a suite in a folder, and measures it at several sizes. */
export async function measureSwept(
  folder: string,
  read: SourceRead,
  words: SweepWords,
  io: Io,
): Promise<ExitCode> {
  const { mix } = await keepWhatRuns(folder, read, io);
  const values = { ...valuesOf(flagsLikeTry({ ...read, scale: 1 }, mix)), ...words, suite: folder };
  const { execute } = await import('../commands/sweep.ts');
  return execute({ command: 'sweep', values, arguments: [], problems: [] }, io);
}

/** `--pg 15 --mix 1:2` by name. */
const valuesOf = (words: readonly string[]): SweepWords =>
  Object.fromEntries(
    words.flatMap((word, at): [string, string][] =>
      word.startsWith('--') ? [[word.slice(2), words[at + 1] ?? '']] : [],
    ),
  );
