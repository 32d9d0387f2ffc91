import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * The time of `--help` in the built program, beside that of an empty Node program: every command waits this long
 * before it begins. The two alternate: a slower machine slows both. Run `npm run build` first.
 */
const { values } = parseArgs({ options: { pairs: { type: 'string', default: '15' } } });

/** The limit of the ratio: loading a command's modules for --help would exceed it. */
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
