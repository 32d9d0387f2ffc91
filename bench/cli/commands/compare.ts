import { compareNights } from '../../history/compare.ts';
import { nightOf } from '../../history/night-of.ts';
import { ExitCode } from '../../model/errors.ts';
import { renderComparison } from '../../report/comparison.ts';
import type { CompareOptions } from '../history-options.ts';
import { appearance, type Io } from '../io.ts';
import { readResult } from '../read-result.ts';

/** `index-impact compare`: two results side by side. Ends with 3 where their conditions differ. */
export async function compare({ files: [one, other] }: CompareOptions, io: Io): Promise<ExitCode> {
  const a = nightOf(await readResult('compare', one));
  const b = nightOf(await readResult('compare', other));
  const comparison = compareNights(a, b);
  io.stdout.write(renderComparison(comparison, appearance(io.stdout, io.env)));
  return comparison.differences.length > 0 ? ExitCode.notComparable : ExitCode.done;
}
