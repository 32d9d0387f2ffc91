import { elsewhere } from '../../seed/tables/index.ts';
import { FlagReader } from '../flags/flag-reader.ts';
import type { CommandLine } from '../flags/commands.ts';
import { listOf } from '../flags/values.ts';
import type { MigrationVerdict, Mix } from '../model/migration.ts';
import * as flags from '../run/flags.ts';
import type { DatasetRequest, RunRequest } from '../run/run-request.ts';
import { setting } from '../run/setting.ts';
import type { Unfinished } from '../run/unfinished-shape.ts';
import { chosenServer } from '../servers/choose.ts';
import { yes } from '../servers/flags.ts';
import type { Suite } from '../suite/suite.ts';
import { approximately } from '../suite/approximate-reads.ts';
import { loadSuite, tablesElsewhere } from '../suite/load-suite.ts';
import { withCandidate } from '../suite/with-candidate.ts';
import { salesAgent } from '../suites/sales-agent/suite.ts';
import { refuseBesideAsTheyAre, refuseWithoutReads } from './beside-as-they-are.ts';
import { failOn, json, keep, quiet, verbose } from './flags.ts';
import type { Io } from './io.ts';
import type { CommentRequest } from './source/comment-request.ts';
import { outDirectory } from './out-directory.ts';

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
  /** Beside the reports; undefined where none is asked for. */
  comment?: CommentRequest | undefined;
  /** The run to go on with, instead of a new one. */
  resumed: Unfinished | undefined;
}

/** What is asked of a run, whatever its suite. */
export type RunChoices = Omit<RunOptions, 'suite' | 'scale' | 'only' | 'mix'> & { mix: Mix | undefined };

/**
 * Maps a command line to a new run, loading the suite on the way.
 *
 * @throws UsageError with every problem at once, each naming its flag and what it accepts
 */
export async function runOptions(line: CommandLine, env: Io['env']): Promise<RunOptions> {
  const read = new FlagReader(line, env);
  const dataset = await chosenDataset(read);
  const choices = await runChoices(read);
  refuseBesideAsTheyAre(read);
  const { candidatePath, approximate } = choices;
  const suite =
    dataset && (await read.collect(() => Promise.resolve(approximately(dataset.suite, approximate))));
  const only = suite ? chosenItems(read, suite) : [];
  if (suite) refuseWithoutReads(read, suite, only);
  return read.finish(
    dataset &&
      suite && {
        ...choices,
        ...dataset,
        only,
        suite: candidatePath === undefined ? suite : withCandidate(suite, candidatePath),
        mix: choices.mix ?? suite.mix,
      },
  );
}

export async function runChoices(read: FlagReader): Promise<RunChoices> {
  const workload = read.value(flags.workload);
  return {
    suitePath: read.isGiven(flags.suite) ? read.value(flags.suite) : undefined,
    candidatePath: read.value(flags.candidate),
    baselines: chosenBaselines(read),
    workload,
    approximate: read.value(flags.approximate) ?? [],
    seed: read.value(flags.seed),
    mix: read.value(flags.mix),
    out: await outDirectory(read),
    budgetSeconds: read.value(flags.budget) ?? flags.BUDGET_SECONDS[workload],
    server: chosenServer(read),
    statementTimeoutSeconds: read.value(flags.statementTimeout),
    settings: read.value(setting) ?? {},
    keep: read.isGiven(keep),
    resumed: undefined,
    ...shownAs(read),
  };
}

export async function chosenDataset(read: FlagReader): Promise<DatasetRequest | undefined> {
  const [scale, seed] = [read.value(flags.scale), read.value(flags.seed)];
  const suite = await chosenSuite(read);
  const path = read.value(flags.suite);
  const tablesFrom = path === salesAgent.name ? elsewhere : tablesElsewhere(path);
  return suite && { suite, tablesFrom, scale, seed, threads: read.value(flags.threads) };
}

export function chosenSuite(read: FlagReader): Promise<Suite | undefined> {
  const path = read.value(flags.suite);
  return read.collect(() => (path === salesAgent.name ? Promise.resolve(salesAgent) : loadSuite(path)));
}

function chosenBaselines(read: FlagReader): RunRequest['baselines'] {
  const baseline = read.value(flags.baseline);
  return baseline === 'both' ? ['shipped', 'bare'] : [baseline];
}

function chosenItems(read: FlagReader, suite: Suite): readonly string[] {
  const known = [...suite.reads, ...suite.writes].map(({ id }) => id);
  return read.value({ ...flags.only, parse: listOf(known) }) ?? [];
}

const shownAs = (read: FlagReader) => ({
  failOn: read.value(failOn) ?? [],
  goesAhead: read.isGiven(yes),
  json: read.isGiven(json),
  quiet: read.isGiven(quiet),
  verbose: read.isGiven(verbose),
});
