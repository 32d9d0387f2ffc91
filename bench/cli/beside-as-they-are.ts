import type { FlagReader } from '../flags/flag-reader.ts';
import type { CommandLine } from '../flags/commands.ts';
import { nameOf, type Flag } from '../flags/flag.ts';
import { UsageError } from '../model/errors.ts';
import type { Suite } from '../suite/suite.ts';
import { baseline, candidate, only as onlyFlag, scale } from '../run/flags.ts';
import { asTheyAre } from '../servers/url/pair-flags.ts';
import { keep } from './flags.ts';

/**
 * What was measured of databases that somebody may have changed since is not gone on with.
 *
 * @throws UsageError
 */
export function refuseToGoOnAsTheyAre({ values }: CommandLine): void {
  if (nameOf(asTheyAre) in values)
    throw new UsageError(['--resume: databases as they are may have changed since; begin a new run']);
}

/** @param only ids of the items that --only names */
export function refuseWithoutReads(read: FlagReader, { reads }: Suite, only: readonly string[]): void {
  const isRead = (id: string): boolean => reads.some((item) => item.id === id);
  if (read.isGiven(asTheyAre) && only.length > 0 && !only.some(isRead))
    read.problem(onlyFlag, 'names no read, and --as-they-are measures nothing else');
}

/** Databases that are there already have their candidate, their schema and their rows, and nothing of them is ours to leave. */
export function refuseBesideAsTheyAre(read: FlagReader): void {
  if (!read.isGiven(asTheyAre)) return;
  const otherwise: [Flag, boolean][] = [
    [candidate, read.isGiven(candidate)],
    [baseline, read.value(baseline) === 'bare'],
    [scale, read.isAccepted(scale) && read.value(scale) !== Number(scale.default)],
    [keep, read.isGiven(keep)],
  ];
  for (const [flag, isOther] of otherwise)
    if (isOther)
      read.problem(flag, 'says nothing to --as-they-are, which measures what is there; leave it out');
}
