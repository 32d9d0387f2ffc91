import { FlagReader } from '../../flags/flag-reader.ts';
import { compareNights } from '../../history/compare.ts';
import { nightOf } from '../../history/night-of.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Result } from '../../model/result.ts';
import { renderComparison } from '../../report/comparison.ts';
import { appearance, type Execute, type Io } from '../io.ts';
import { print } from '../print.ts';
import { resultArgument } from '../read-result.ts';

export const execute: Execute = async (line, io) => {
  const read = new FlagReader(line);
  const one = await resultArgument(read, line, 0);
  const other = await resultArgument(read, line, 1);
  return compare(read.finish(one && other && [one, other]), io);
};

/** `index-impact compare`: two results side by side. Ends with 3 where their conditions differ. */
async function compare([a, b]: readonly [Result, Result], io: Io): Promise<ExitCode> {
  const comparison = compareNights(nightOf(a), nightOf(b));
  await print(io, renderComparison(comparison, appearance(io.stdout, io.env)));
  return comparison.differences.length > 0 ? ExitCode.notComparable : ExitCode.done;
}
