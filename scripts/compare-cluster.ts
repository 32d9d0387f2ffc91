import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../bench/main.ts';
import { executionText } from '../bench/format/execution-text.ts';
import { bytes, changeText, overheadText, ratioText } from '../bench/format/quantity.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { walGrowth } from '../bench/model/counters.ts';
import type { Result } from '../bench/model/result.ts';
import { storedResult } from '../tests/fixtures/stored-result.ts';
import { asProgram } from './as-program.ts';

/**
 * Measures the Sales Agent on one server and on clusters of 2 and 4 workers, all of them containers of the same image on this
 * machine, and prints a table in Markdown: what the candidate wins and costs on each.
 */
const { values } = parseArgs({
  options: {
    image: { type: 'string', default: 'index-impact/citus:pg15' },
    scale: { type: 'string', default: '1' },
    budget: { type: 'string', default: '60' },
    workers: { type: 'string', default: '2,4' },
  },
});

/** The flags of a target, by its heading in the table. */
const targets: readonly (readonly [string, readonly string[]])[] = [
  ['one server', ['--target', 'docker', '--image', values.image, '--pg', '15']],
  ...values.workers
    .split(',')
    .map(
      (workers) =>
        [
          `${workers} workers`,
          ['--target', 'citus', '--image', values.image, '--pg', '15', '--nodes', workers],
        ] as const,
    ),
];

async function measured(target: readonly string[], out: string): Promise<Result> {
  const flags = ['--baseline', 'shipped', '--scale', values.scale, '--budget', values.budget, '--out', out];
  const { stdout, stderr, env } = process;
  const { signal } = new AbortController();
  const code = await run(['run', ...target, ...flags, '--quiet'], {
    stdout,
    stderr,
    env,
    signal,
    ask: undefined,
  });
  if (code !== ExitCode.done && code !== ExitCode.incomplete)
    throw new Error(`run ${target.join(' ')} ended with ${code}`);
  return storedResult(out);
}

/** The run says above why. */
const FAILED = 'not measured';

/** What a result says of each row of the table. */
function cellsOf({ reads, writes, storage, migration }: Result): Map<string, string> {
  const cells = new Map<string, string>();
  for (const read of reads) {
    if (read.state === 'failed') {
      cells.set(read.title, FAILED);
      continue;
    }
    const { distributed } = read.plans.after;
    const execution = distributed ? `, ${executionText(distributed)}` : '';
    cells.set(read.title, `${ratioText(read.estimate)}${execution}`);
  }
  for (const write of writes) {
    if (write.state === 'failed') {
      cells.set(write.title, FAILED);
      continue;
    }
    const growth = write.counters && walGrowth(write.counters);
    const wal = growth === undefined ? '' : `, WAL ${changeText(growth)}`;
    cells.set(write.title, `${overheadText(write.estimate)}${wal}`);
  }
  const indexBytes = (arm: 'before' | 'after'): number =>
    storage.reduce((sum, size) => sum + size[arm].indexBytes, 0);
  cells.set('indexes on disk', `${bytes(indexBytes('before'))} to ${bytes(indexBytes('after'))}`);
  cells.set('verdict', migration?.verdict ?? '');
  return cells;
}

await asProgram(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'compare-cluster-'));
  try {
    const columns: Map<string, string>[] = [];
    for (const [position, [, target]] of targets.entries())
      columns.push(cellsOf(await measured(target, join(folder, String(position)))));
    const rows = [...new Set(columns.flatMap((cells) => [...cells.keys()]))];
    const lines = [
      ['', ...targets.map(([heading]) => heading)],
      ['---', ...targets.map(() => '---')],
      ...rows.map((row) => [row, ...columns.map((cells) => cells.get(row) ?? '')]),
    ];
    process.stdout.write(`All on one machine: the nodes share its cores, memory and disk.\n\n`);
    for (const cells of lines) process.stdout.write(`| ${cells.join(' | ')} |\n`);
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
