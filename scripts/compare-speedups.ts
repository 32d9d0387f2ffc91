import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../bench/main.ts';
import { ratioText } from '../bench/format/quantity.ts';
import type { MeasuredRead } from '../bench/model/item-result.ts';
import { serializeSnapshot } from '../bench/source/snapshot/read-snapshot.ts';
import { withEmbeddedServer } from '../bench/servers/embedded/embedded.ts';
import { serverSettings } from '../bench/servers/server-settings.ts';
import { salesAgent } from '../bench/suites/sales-agent/suite.ts';
import { storedResult } from '../tests/fixtures/stored-result.ts';
import { asProgram } from './as-program.ts';
import { salesAgentOriginal } from './likeness/original.ts';
import { describe } from './likeness/rebuild.ts';

/**
 * Measures the four examples of the Sales Agent on its own rows, and on rows made from the statistics of these, at scale 1. Prints both
 * speedups of each, and their ratio. Fails where one is not within a factor of 1.5.
 */
const MOST_FACTOR = 1.5;
const BUDGET_SECONDS = 40;
const EXAMPLES = ['example-1', 'example-2', 'example-3', 'example-4'];
const { signal } = new AbortController();
const root = new URL('../', import.meta.url);

/** A suite that differs from the Sales Agent's in its rows alone. */
const SUITE = `
import { salesAgent } from '${new URL('bench/suites/sales-agent/suite.ts', root).href}';
import { fromStatistics } from 'index-impact';
export default { ...salesAgent, name: 'made', dataset: fromStatistics(new URL('snapshot.json', import.meta.url)) };
`;

async function writeMade(folder: string): Promise<string> {
  const options = { settings: serverSettings(1), keep: false, signal };
  const snapshot = await withEmbeddedServer(options, async (server) =>
    describe(await salesAgentOriginal(server, 1, signal)),
  );
  await writeFile(join(folder, 'snapshot.json'), serializeSnapshot(snapshot));
  await writeFile(join(folder, 'suite.ts'), SUITE);
  return join(folder, 'suite.ts');
}

async function measured(suite: string, out: string): Promise<Map<string, MeasuredRead>> {
  const flags = ['--only', EXAMPLES.join(','), '--budget', String(BUDGET_SECONDS), '--out', out, '--quiet'];
  const { stdout, stderr, env } = process;
  const code = await run(['run', '--suite', suite, ...flags], {
    stdout,
    stderr,
    env,
    signal,
    ask: undefined,
  });
  if (code !== 0) throw new Error(`run --suite ${suite} ended with ${code}`);
  const { reads } = await storedResult(out);
  const kept = reads.filter((read) => read.state === 'measured');
  return new Map(kept.map((read) => [`${read.id} on ${read.baseline}`, read]));
}

/** @returns whether both gain alike */
function report(name: string, original: MeasuredRead, made: MeasuredRead | undefined): boolean {
  if (!made) return false;
  const factor = made.estimate.point / original.estimate.point;
  console.log(
    `${name}: ${ratioText(original.estimate)} on its own rows, ${ratioText(made.estimate)} on made ones, a factor of ${factor.toFixed(2)}`,
  );
  return Math.max(factor, 1 / factor) <= MOST_FACTOR;
}

async function main(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'index-impact-speedups-'));
  try {
    const suite = await writeMade(folder);
    const original = await measured(salesAgent.name, join(folder, 'original'));
    const made = await measured(suite, join(folder, 'made'));
    const alike = [...original].map(([name, read]) => report(name, read, made.get(name)));
    return alike.length > 0 && alike.every((one) => one) ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}

await asProgram(main);
