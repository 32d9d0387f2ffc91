import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VERSION } from '../system/program.ts';
import { sampleLongRun } from '../report/sample-long-run.fixture.ts';
import { sampleFacts } from '../report/sample-ledger.fixture.ts';
import { sampleMeasurements, sampleResult } from '../report/sample-result.fixture.ts';
import { salesAgent } from '../suites/sales-agent/suite.ts';
import type { Claim } from '../suite/claim.ts';
import { keptOf } from './kept-measurements.ts';
import { bundledServer } from '../servers/embedded/index.ts';
import type { RunRequest } from './run-request.ts';
import type { Unfinished } from './unfinished-shape.ts';

const fileIn = (directory: string): string => join(directory, 'unfinished.json');

/** Writes the file of an unfinished run as anybody can: with the checksum of what is in it. */
export async function writeSigned(directory: string, content: unknown): Promise<void> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const sha256 = createHash('sha256').update(text).digest('hex');
  await mkdir(directory, { recursive: true });
  await writeFile(fileIn(directory), `{"sha256":"${sha256}","content":${text}}\n`);
}

/** What the file of an unfinished run holds. */
export async function readSigned(directory: string): Promise<Unfinished> {
  return (JSON.parse(await readFile(fileIn(directory), 'utf8')) as { content: Unfinished }).content;
}

/** What asks for such a run of the Sales Agent suite with one claim. */
export const sampleRequest = (out: string, judge: Claim['judge']): RunRequest => ({
  suite: { ...salesAgent, claims: [{ id: 'a-claim', section: '', quote: '', confirmedBy: '', judge }] },
  suitePath: undefined,
  candidatePath: undefined,
  baselines: ['shipped', 'bare'],
  scale: 1,
  workload: 'headline',
  only: [],
  approximate: [],
  seed: 42,
  budgetSeconds: 95,
  mix: { reads: 4, writes: 1 },
  out,
  keep: false,
  server: bundledServer,
  statementTimeoutSeconds: 600,
  settings: {},
});

/** An unfinished run in which everything that can be measured has been. */
export function sampleUnfinished() {
  const { run, environment, dataset, candidate, storage, ledger, warnings, concurrency, opportunities } =
    sampleResult();
  const measured = {
    ...sampleMeasurements(),
    yardsticks: [],
    concurrency,
    longRuns: [sampleLongRun()],
    opportunities,
    facts: [sampleFacts()],
  };
  return {
    version: VERSION,
    flags: ['--baseline', 'both', '--scale', '1', '--workload', 'headline', '--seed', '42'],
    run,
    baselines: run.baselines,
    environment,
    dataset,
    candidate,
    storage,
    ...(ledger && { ledger }),
    warnings,
    sources: {
      candidate: 'c'.repeat(64),
      migrations: 'd'.repeat(64),
      ageing: 'e'.repeat(64),
      opportunities: 'f'.repeat(64),
      concurrentWrite: 'insert-leads',
    },
    measured: keptOf(measured),
  };
}
