import { join } from 'node:path';
import { z } from 'zod';
import { EMBEDDED_MAJORS, refuseUnlessInstalled } from '../servers/embedded/server-binaries.ts';
import { MigrationVerdict, type Mix } from '../model/migration.ts';
import type { Result } from '../model/result.ts';
import { EXPORT_NAMES, type ExportName } from '../report/formats/exports/exports.ts';
import type { QualifyRequest } from '../qualify/qualify.ts';
import type { DatasetRequest, RunRequest } from '../run/run-request.ts';
import type { Unfinished } from '../run/unfinished-shape.ts';
import type { Suite } from '../suite/suite.ts';
import { loadSuite } from '../suite/load-suite.ts';
import { withCandidate } from '../suite/with-candidate.ts';
import { salesAgent } from '../suites/sales-agent/suite.ts';
import { fileProblem } from '../system/named-file.ts';
import type { CommandLine } from './command-line.ts';
import { databaseUrl } from './database-url.ts';
import { DEFAULTS } from './defaults.ts';
import { FlagReader } from './flag-reader.ts';
import type { Io } from './io.ts';
import { directoryProblem } from './out-directory.ts';
import { resultArgument } from './read-result.ts';
import { resumedLine } from './resumed-line.ts';
import { serverDirectoryToStop } from './server-directory.ts';
import { chosenMajor, chosenServer } from './server-options.ts';

export interface RunOptions extends RunRequest {
  /** Verdicts on the migration that end the program with 1. */
  failOn: readonly MigrationVerdict[];
  /** Measure without asking on a server that others seem to use. */
  goesAhead: boolean;
  /** Print the result as JSON instead of tables. */
  json: boolean;
  /** Show nothing but the result, and problems. */
  quiet: boolean;
  /** Print the whole report instead of what the verdict rests on. */
  verbose: boolean;
  /** The run to go on with, instead of a new one. */
  resumed: Unfinished | undefined;
}

export interface SeedOptions extends DatasetRequest {
  major: number;
}

export interface ReportOptions {
  result: Result;
  out: string;
  format: 'terminal' | ExportName;
  /** Print the whole report instead of what the verdict rests on. */
  verbose: boolean;
}

export interface VerifyOptions {
  suite: Suite;
  url: string | undefined;
}

export interface AuditOptions {
  url: string;
  /** Print the findings as JSON instead of tables. */
  json: boolean;
}

export interface StopOptions {
  /** Of kept servers, or orphaned ones, each known to be this user's. */
  directories: readonly string[];
}

export interface CleanOptions {
  /** A server to look for our databases on, beside this machine. */
  url: string | undefined;
  /** Remove without asking. */
  goesAhead: boolean;
}

const SCALE = z.number().min(0.01).max(1000);
const SEED = z.int().min(0);
const BUDGET = z.number().positive().max(86_400);
const TIMEOUT = z.int().min(0).max(86_400);

/**
 * Maps a command line to what its command needs, loading the suite on the way.
 *
 * @throws UsageError with every problem at once, each naming its flag and what it accepts
 */
export async function runOptions(line: CommandLine, env: Io['env']): Promise<RunOptions> {
  if (!('resume' in line.values)) return { ...(await freshOptions(line, env)), resumed: undefined };
  const { unfinished, merged } = await resumedLine(line);
  return { ...(await freshOptions(merged, env)), resumed: unfinished };
}

/** Of a run that does not go on with another one. */
export async function freshOptions(line: CommandLine, env: Io['env']): Promise<Omit<RunOptions, 'resumed'>> {
  const read = new FlagReader(line);
  const dataset = judging(read, await datasetOptions(read));
  const baseline = read.choice('baseline', ['shipped', 'bare', 'both'], DEFAULTS.baseline);
  const workload = read.choice('workload', ['headline', 'full'], DEFAULTS.workload);
  const items = dataset ? [...dataset.suite.reads, ...dataset.suite.writes] : undefined;
  const choices = {
    suitePath: read.isGiven('suite') ? read.text('suite', '') : undefined,
    candidatePath: read.isGiven('candidate') ? read.text('candidate', '') : undefined,
    baselines: baseline === 'both' ? (['shipped', 'bare'] as const) : [baseline],
    workload,
    only: items
      ? read.list(
          'only',
          items.map(({ id }) => id),
        )
      : [],
    out: await outDirectory(read),
    budgetSeconds: read.number('budget', BUDGET, DEFAULTS.budget[workload], 'seconds, more than 0'),
    mix: chosenMix(read, dataset?.suite),
    failOn: failOnVerdicts(read),
    keep: read.isGiven('keep'),
    server: chosenServer(read, env),
    statementTimeoutSeconds: read.number(
      'statement-timeout',
      TIMEOUT,
      DEFAULTS.statementTimeout,
      'whole seconds, up to 86400',
    ),
    goesAhead: read.isGiven('yes'),
    json: read.isGiven('json'),
    quiet: read.isGiven('quiet'),
    verbose: read.isGiven('verbose'),
  };
  return read.finish(dataset && { ...dataset, ...choices });
}

/**
 * A run for each major that was asked for.
 *
 * @throws UsageError, and RunError for majors that have to be added first
 */
export async function matrixOptions(line: CommandLine, env: Io['env']): Promise<RunOptions[]> {
  const read = new FlagReader(line);
  const typed = new Set(read.list('pg', EMBEDDED_MAJORS.map(String)).map(Number));
  const known = EMBEDDED_MAJORS.filter((major) => typed.has(major));
  const majors = known.length > 0 ? known : EMBEDDED_MAJORS;
  const optionsOn = async (major: number): Promise<RunOptions> => {
    const values = { ...line.values, pg: String(major) };
    return { ...(await freshOptions({ ...line, values, problems: [] }, env)), resumed: undefined };
  };
  const runs = read.finish(await read.collect(() => Promise.all(majors.map(optionsOn))));
  if (runs.some(({ server }) => server.target === 'embedded')) refuseUnlessInstalled(majors);
  return runs;
}

/** What is judged: the suite's own candidate, unless another is named. */
function judging(read: FlagReader, dataset: DatasetRequest | undefined): DatasetRequest | undefined {
  if (!read.isGiven('candidate')) return dataset;
  const path = read.text('candidate', '');
  const problem = fileProblem(path);
  if (problem !== undefined) read.problem('candidate', problem);
  return dataset && { ...dataset, suite: withCandidate(dataset.suite, path) };
}

export async function seedOptions(line: CommandLine): Promise<SeedOptions> {
  const read = new FlagReader(line);
  const major = chosenMajor(read);
  const dataset = await datasetOptions(read);
  return read.finish(dataset && { ...dataset, major });
}

export async function qualifyOptions(line: CommandLine): Promise<QualifyRequest> {
  const read = new FlagReader(line);
  const out = await outDirectory(read);
  return read.finish({ seed: chosenSeed(read), out: join(out, 'qualification') });
}

export async function reportOptions(line: CommandLine): Promise<ReportOptions> {
  const read = new FlagReader(line);
  const out = await outDirectory(read);
  const format = read.choice('format', ['terminal', ...EXPORT_NAMES], DEFAULTS.format);
  const result = await resultArgument(read, line, 0);
  return read.finish(result && { result, out, format, verbose: read.isGiven('verbose') });
}

export async function verifyOptions(line: CommandLine): Promise<VerifyOptions> {
  const read = new FlagReader(line);
  const url = databaseUrl(read, {});
  const suite = await chosenSuite(read);
  return read.finish(suite && { suite, url });
}

export function auditOptions(line: CommandLine, env: Io['env']): AuditOptions {
  const read = new FlagReader(line);
  const url = databaseUrl(read, env);
  if (url === undefined)
    read.problem('url', 'is missing, and so is DATABASE_URL; it takes the postgres:// URL of a database');
  return read.finish(url === undefined ? undefined : { url, json: read.isGiven('json') });
}

export function cleanOptions(line: CommandLine, env: Io['env']): CleanOptions {
  const read = new FlagReader(line);
  return read.finish({ url: databaseUrl(read, env), goesAhead: read.isGiven('yes') });
}

export async function stopOptions(line: CommandLine): Promise<StopOptions> {
  const read = new FlagReader(line);
  const chosen = [];
  for (const typed of line.arguments) chosen.push(await read.collect(() => serverDirectoryToStop(typed)));
  return read.finish({ directories: [...new Set(chosen.filter((path) => path !== undefined))] });
}

async function datasetOptions(read: FlagReader): Promise<DatasetRequest | undefined> {
  const scale = read.number('scale', SCALE, DEFAULTS.scale, 'a number from 0.01 to 1000');
  const seed = chosenSeed(read);
  const suite = await chosenSuite(read);
  return suite && { suite, scale, seed };
}

const chosenSeed = (read: FlagReader): number =>
  read.number('seed', SEED, DEFAULTS.seed, 'a whole number, 0 or more');

function chosenSuite(read: FlagReader): Promise<Suite | undefined> {
  const path = read.text('suite', DEFAULTS.suite);
  return read.collect(() => (path === salesAgent.name ? Promise.resolve(salesAgent) : loadSuite(path)));
}

/** The verdicts that a caller may want to stop at, as they are typed. */
const FAIL_ON = ['ship-with-cost', 'do-not-ship', 'inconclusive'];

const failOnVerdicts = (read: FlagReader): MigrationVerdict[] =>
  read
    .list('fail-on', FAIL_ON)
    .filter((typed) => FAIL_ON.includes(typed))
    .map((typed) => MigrationVerdict.parse(typed.replaceAll('-', ' ')));

function chosenMix(read: FlagReader, suite: Suite | undefined): Mix {
  const fallback = { reads: suite?.mix.reads ?? 1, writes: suite?.mix.writes ?? 1 };
  if (!read.isGiven('mix')) return fallback;
  const typed = read.text('mix', '');
  const [, reads, writes] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(typed) ?? [];
  const mix = { reads: Number(reads), writes: Number(writes) };
  if (mix.reads + mix.writes > 0) return mix;
  read.problem('mix', `"${typed}" is not accepted; it takes two numbers, such as 4:1`);
  return fallback;
}

async function outDirectory(read: FlagReader): Promise<string> {
  const out = read.text('out', DEFAULTS.out);
  const problem = await directoryProblem(out);
  if (problem !== undefined) read.problem('out', problem);
  return out;
}
