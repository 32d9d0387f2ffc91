import { compareNights } from '../../history/compare.ts';
import { nightOf } from '../../history/night-of.ts';
import { ExitCode } from '../../model/errors.ts';
import { renderComparison } from '../../report/comparison.ts';
import type { Execute } from '../execute.ts';
import { compareOptions, type CompareOptions } from '../history-options.ts';
import { appearance, type Io } from '../io.ts';

export const execute: Execute = async (line, io) => compare(await compareOptions(line), io);

/** `index-impact compare`: two results side by side. Ends with 3 where their conditions differ. */
function compare({ results: [a, b] }: CompareOptions, io: Io): ExitCode {
  const comparison = compareNights(nightOf(a), nightOf(b));
  io.stdout.write(renderComparison(comparison, appearance(io.stdout, io.env)));
  return comparison.differences.length > 0 ? ExitCode.notComparable : ExitCode.done;
}
