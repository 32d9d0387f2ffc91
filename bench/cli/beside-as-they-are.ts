import type { FlagReader } from '../flags/flag-reader.ts';
import type { Flag } from '../flags/flag.ts';
import { baseline, candidate, scale } from '../run/flags.ts';
import { asTheyAre } from '../servers/url/pair-flags.ts';
import { keep } from './flags.ts';

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
