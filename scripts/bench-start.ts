import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * How long the built program takes to answer --help, beside Node that does nothing: what every command waits for before
 * it begins. The two take turns, so that a machine that slows down slows both. Run `npm run build` before.
 */
const { values } = parseArgs({ options: { pairs: { type: 'string', default: '15' } } });

/** Of the ratio: loading a command's own modules on the way to --help would go beyond it. */
const MOST_RATIO = 2.5;

function timeMs(args: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
}

const median = (durations: readonly number[]): number =>
  durations.toSorted((a, b) => a - b)[Math.floor(durations.length / 2)] ?? NaN;

const pairs = Array.from({ length: Number(values.pairs) }, () => ({
  nothing: timeMs(['-e', '0']),
  help: timeMs(['dist/bench/bin.js', '--help']),
}));
const ratio = median(pairs.map(({ nothing, help }) => help / nothing));
console.log(`node -e 0           ${median(pairs.map(({ nothing }) => nothing)).toFixed(0)} ms`);
console.log(`index-impact --help ${median(pairs.map(({ help }) => help)).toFixed(0)} ms`);
console.log(`ratio of each pair, median of ${pairs.length}: ${ratio.toFixed(2)}, at most ${MOST_RATIO}`);
if (ratio > MOST_RATIO) process.exitCode = 1;
