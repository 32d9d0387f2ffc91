import { findLeftovers, type Leftover } from '../../database/provision/leftovers.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Io } from '../io.ts';
import type { CleanOptions } from '../options.ts';

/** `index-impact clean`: what killed runs have left behind, and, once that is confirmed, no longer. */
export async function clean({ url, goesAhead }: CleanOptions, io: Io): Promise<ExitCode> {
  const leftovers = await findLeftovers(url, io.signal);
  const orphans = leftovers.filter(({ isOrphaned }) => isOrphaned);
  io.stdout.write(listed(leftovers));
  if (orphans.length === 0) return ExitCode.done;
  if (!(await isConfirmed(goesAhead, io))) {
    io.stdout.write('Nothing was removed; --yes removes what is orphaned.\n');
    return ExitCode.done;
  }
  for (const orphan of orphans) await orphan.remove();
  io.stdout.write(`Removed ${orphans.length}.\n`);
  return ExitCode.done;
}

const listed = (leftovers: readonly Leftover[]): string =>
  leftovers.length === 0
    ? 'Nothing is left behind.\n'
    : leftovers.map(({ name, description }) => `  ${name}\n    ${description}\n`).join('');

async function isConfirmed(goesAhead: boolean, { ask }: Io): Promise<boolean> {
  if (goesAhead || !ask) return goesAhead;
  return /^y(es)?$/i.test((await ask('Remove what is orphaned? [y/N] ')).trim());
}
