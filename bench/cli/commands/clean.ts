import { FlagReader } from '../../flags/flag-reader.ts';
import { plainText } from '../../format/plain-text.ts';
import { ExitCode } from '../../model/errors.ts';
import { yes } from '../../servers/flags.ts';
import { TARGETS } from '../../servers/index.ts';
import type { Leftover, Target } from '../../servers/target.ts';
import type { Execute, Io } from '../io.ts';
import { print } from '../print.ts';

export const execute: Execute = async (line, io) => {
  const read = new FlagReader(line, io.env);
  const searches = TARGETS.map(({ leftovers }) => leftovers(read));
  return clean(read.finish({ searches, goesAhead: read.isGiven(yes) }), io);
};

interface CleanOptions {
  /** A target's each. */
  searches: readonly ReturnType<Target['leftovers']>[];
  /** Remove without asking. */
  goesAhead: boolean;
}

/** `index-impact clean`: what killed runs have left behind, and, once that is confirmed, no longer. */
async function clean({ searches, goesAhead }: CleanOptions, io: Io): Promise<ExitCode> {
  const leftovers: Leftover[] = [];
  for (const search of searches) leftovers.push(...(await search(io.signal)));
  const orphans = leftovers.filter(({ isOrphaned }) => isOrphaned);
  await print(io, listed(leftovers));
  if (orphans.length === 0) return ExitCode.done;
  if (!(await isConfirmed(goesAhead, io))) {
    await print(io, 'Nothing was removed; --yes removes what is orphaned.\n');
    return ExitCode.done;
  }
  const left = await removeAll(orphans, io);
  await print(io, `Removed ${orphans.length - left}.\n`);
  return left === 0 ? ExitCode.done : ExitCode.incomplete;
}

/** What one of them refuses takes nothing from the others. @returns how many are still there */
async function removeAll(orphans: readonly Leftover[], { signal, stderr }: Io): Promise<number> {
  let left = 0;
  for (const { name, remove } of orphans) {
    try {
      await remove();
    } catch (error) {
      if (signal.aborted) throw error;
      left += 1;
      stderr.write(
        `index-impact: ${plainText(`${name} could not be removed: ${(error as Error).message}`)}\n`,
      );
    }
  }
  return left;
}

const listed = (leftovers: readonly Leftover[]): string =>
  leftovers.length === 0
    ? 'Nothing is left behind.\n'
    : leftovers.map(({ name, description }) => `  ${name}\n    ${description}\n`).join('');

async function isConfirmed(goesAhead: boolean, { ask }: Io): Promise<boolean> {
  if (goesAhead || !ask) return goesAhead;
  return /^y(es)?$/i.test((await ask('Remove what is orphaned? [y/N] '))?.trim() ?? '');
}
