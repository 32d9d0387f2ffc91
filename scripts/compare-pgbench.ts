import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { serverDurations, timesOf, type IntervalOptions } from '../bench/analyse/estimates.ts';
import { READ_PRECISION } from '../bench/analyse/precision.ts';
import { median } from '../bench/model/averages.ts';
import { withConnections } from '../bench/database/connection.ts';
import { withEmbeddedServer } from '../bench/servers/embedded/embedded.ts';
import type { Server } from '../bench/database/server.ts';
import { serverSettings } from '../bench/servers/server-settings.ts';
import { readSqlFile } from '../bench/database/sql-file.ts';
import { onOneServer, type Observer } from '../bench/measure/observer.ts';
import { firstArms } from '../bench/measure/arm-order.ts';
import { measureArms, runPair, type MeasureArm, type PairRunner } from '../bench/measure/pairs.ts';
import { statementClock } from '../bench/measure/statement-clock.ts';
import { withOwnDatabase, enableStatementStatistics } from '../bench/database/own-database.ts';
import type { Block, Pair } from '../bench/model/pair.ts';
import { allowedCores, parseCores, withPinning } from '../bench/measure/pinning.ts';
import { prepareRead, readRunner } from '../bench/measure/reads.ts';
import { inOneGo } from '../bench/measure/turns.ts';
import { SESSIONS_PER_ARM, type ArmSessions } from '../bench/measure/sessions.ts';
import type { Statement } from '../bench/measure/statement.ts';
import { Baseline, type Arm, type PerArm } from '../bench/model/arm.ts';
import type { Times } from '../bench/model/times.ts';
import { ratioText, significant } from '../bench/format/quantity.ts';
import { applyToArms, makeArms } from '../bench/run/arms.ts';
import { Phases } from '../bench/run/phases.ts';
import { prepareTemplate } from '../bench/run/template.ts';
import { salesAgent as suite } from '../bench/suites/sales-agent/suite.ts';
import { randomFor } from '../seed/random.ts';

/**
 * Compares the harness with an independent load generator. The four examples run through pgbench (in Debian's package
 * postgresql) on the same two databases, planned each time (-M extended) and prepared (-M prepared), alternating with
 * the harness, in blocks of one go: in turns, a scan finds less of its table in the processor's caches, and took up to a
 * fifth longer. Speedups use the server's own times, which exclude both clients: pg_stat_statements adds them up during
 * each client's blocks. Both clients run on a different core than the server: a client on the server's core would use
 * its caches, and Node uses more of them than pgbench. pgbench waits between two executions as long as the harness takes
 * there: a server that has rested for longer runs a statement of a tenth of a millisecond up to a fifth slower. The
 * harness's interval is the one that a report states, for a run repeated; that of pgbench is of its blocks alone. Fails
 * where the two do not overlap.
 */
const { values: flags } = parseArgs({
  options: {
    pgbench: { type: 'string', default: 'pgbench' },
    baseline: { type: 'string', default: 'shipped' },
    rounds: { type: 'string', default: '20' },
  },
});
const baseline = Baseline.parse(flags.baseline);
const rounds = Number(flags.rounds);
const SEED = 42;
/** Equal for both clients: the first executions of a block weigh the same in both. */
const BLOCK_MS = 400;
/** By then pgbench has connected; its first executions, with cold caches, are not counted. */
const START_MS = 150;
/** The server is on the last core that may be used. */
const [CLIENT_CORE] = parseCores(allowedCores(process.pid) ?? '0');
const MODES = ['extended', 'prepared'] as const;
type Mode = (typeof MODES)[number];

const signal = new AbortController().signal;
const run = promisify(execFile);

/**
 * Runs pgbench on an arm, a new session each time.
 *
 * @param sleepUs after each execution
 */
async function pgbenchArms(
  { server, sessions, observer, directory }: Place,
  statement: Statement,
  mode: Mode,
  sleepUs = 0,
): Promise<PairRunner<Block>> {
  const script = [
    statement.sql.trim().replace(/;?$/, ';'),
    ...(sleepUs > 0 ? [`\\sleep ${sleepUs} us`] : []),
  ];
  await writeFile(join(directory, 'script.sql'), `${script.join('\n')}\n`);
  const runner = async (arm: Arm): Promise<MeasureArm<Block>> => {
    const [session] = sessions[arm];
    const url = new URL(server.owner(session.database ?? '').url);
    const timeOnServer = await statementClock({ timed: observer }, { timed: session }, statement);
    const typicalMs = await pgbenchMedianMs(url, mode, directory, 5);
    const executions = Math.max(5, Math.ceil(BLOCK_MS / typicalMs));
    return async () => {
      const medianMs = pgbenchMedianMs(url, mode, directory, executions);
      await sleep(START_MS);
      return (await timeOnServer(async () => ({ timed: { medianMs: await medianMs, executions } }))).timed;
    };
  };
  const arms = { before: await runner('before'), after: await runner('after') };
  return {
    prime: () => Promise.resolve(),
    run: (first, pair) => measureArms(arms, first, pair),
    timeOnServer: (run) => run(),
  };
}

/**
 * One pgbench with one client. Its log has the end of each transaction, in seconds and microseconds; the next one
 * begins at once. The first one also connects.
 */
async function pgbenchMedianMs(
  url: URL,
  mode: Mode,
  directory: string,
  transactions: number,
): Promise<number> {
  const target = ['-h', url.hostname, '-p', url.port, '-U', url.username, url.pathname.slice(1)];
  const script = ['-n', '-M', mode, '-t', String(transactions + 1), '-f', join(directory, 'script.sql')];
  const env = { ...process.env, PGPASSWORD: decodeURIComponent(url.password) };
  await run(flags.pgbench, [...script, '--log', ...target], { cwd: directory, env });
  const [log = ''] = (await readdir(directory)).filter((name) => name.startsWith('pgbench_log'));
  const lines = (await readFile(join(directory, log), 'utf8')).trim().split('\n');
  await rm(join(directory, log));
  const endedMs = lines
    .map((line) => line.split(' ').slice(-2).map(Number))
    .map(([s = 0, us = 0]) => s * 1e3 + us / 1e3);
  return median(endedMs.slice(1).map((end, position) => end - (endedMs[position] ?? NaN)));
}

/** The server's own part of each duration, without the client's. */
function netTimes(pairs: readonly Pair[], options?: IntervalOptions): Times {
  const times = timesOf(serverDurations(pairs), options);
  if (!times) throw new Error('the server kept no times');
  return times;
}

const timesText = ({ before, after, estimate }: Times): string =>
  `${ratioText(estimate)}  ${significant(before.durationMs.point)} / ${significant(after.durationMs.point)} ms`;

/** Between two executions of the quicker arm the client and the network take so much. */
const pauseUs = ({ after: { medianMs, serverMeanMs = medianMs } }: Pair): number =>
  1_000 * (medianMs - serverMeanMs);

/** By how much Linux oversleeps: its timer slack (prctl(2), PR_SET_TIMERSLACK), and waking up. */
const OVERSLEPT_US = 60;

/** How long pgbench has to sleep to take as long as the harness between two executions. */
async function sleepFor(harness: PairRunner, pgbench: PairRunner<Block>): Promise<number> {
  const pairOf = async (runner: PairRunner<Block>): Promise<Pair> => ({
    first: 'before',
    ...(await runPair(runner, 'before', 0)),
  });
  const longer = pauseUs(await pairOf(harness)) - pauseUs(await pairOf(pgbench));
  return Math.round(Math.max(0, longer - OVERSLEPT_US));
}

/** The databases and statements to measure. */
interface Place {
  server: Server;
  sessions: PerArm<ArmSessions>;
  observer: Observer;
  directory: string;
}

async function compareOne(
  place: Place,
  statement: Statement,
  mode: Mode,
): Promise<{ own: Times; theirs: Times }> {
  const { sessions, observer } = place;
  const prepared = await prepareRead(statement, sessions, onOneServer(observer), inOneGo(BLOCK_MS));
  const harness = readRunner(prepared, sessions);
  const sleepUs = await sleepFor(harness, await pgbenchArms(place, statement, mode));
  const pgbench = await pgbenchArms(place, statement, mode, sleepUs);
  const [own, theirs]: [Pair[], Pair[]] = [[], []];
  for (const first of firstArms(randomFor(SEED, mode))) {
    own.push({ first, ...(await runPair(harness, first, own.length)) });
    theirs.push({ first, ...(await runPair(pgbench, first, theirs.length)) });
    if (own.length === rounds) break;
  }
  return { own: netTimes(own, READ_PRECISION), theirs: netTimes(theirs) };
}

async function compare(place: Place): Promise<void> {
  const line = (cells: string[]): void => {
    console.log(
      cells
        .map((cell, position) => cell.padEnd(position < 2 ? 12 : 40))
        .join('')
        .trimEnd(),
    );
  };
  line(['example', 'mode', 'harness', 'pgbench', '']);
  for (const { id, sql } of suite.reads.filter(({ bufferCold }) => bufferCold)) {
    for (const mode of MODES) {
      const statement = { sql, parameters: [], ...(mode === 'prepared' && { name: id }) };
      const { own, theirs } = await compareOne(place, statement, mode);
      const [one, other] = [own.estimate, theirs.estimate];
      const overlap = one.low <= other.high && other.low <= one.high;
      if (!overlap) process.exitCode = 1;
      line([id, mode, timesText(own), timesText(theirs), overlap ? 'agree' : 'differ']);
    }
  }
}

const silent = () => undefined;
const unseen = {
  started: silent,
  phaseStarted: silent,
  phaseAdvanced: silent,
  phaseFinished: silent,
  itemStarted: silent,
  itemAdvanced: silent,
  itemFinished: silent,
  stopped: silent,
};

/** Migrates, seeds and ages a database, copies it, and opens the sessions of both arms. */
async function withSessions(
  server: Server,
  use: (sessions: PerArm<ArmSessions>) => Promise<void>,
): Promise<void> {
  await prepareTemplate(server, { suite, scale: 1, seed: SEED }, new Phases(unseen, silent), signal);
  const site = { server, signal };
  const candidate = await readSqlFile(suite.candidate.up);
  const { databases } = await applyToArms(await makeArms(site, baseline), candidate, site);
  const open = (database: string, then: (sessions: ArmSessions) => Promise<void>): Promise<void> =>
    withConnections(server.owner(database), SESSIONS_PER_ARM.read, signal, then);
  await open(databases.before, (before) => open(databases.after, (after) => use({ before, after })));
}

const directory = await mkdtemp(join(tmpdir(), 'index-impact-pgbench-'));
try {
  await withEmbeddedServer({ settings: serverSettings(1), keep: false, signal }, (server) =>
    withOwnDatabase({ server, signal }, 'observer', async (connection) => {
      await enableStatementStatistics(connection);
      const observer = { connection, readsStatementTimes: true, log: undefined, evicts: false };
      await withPinning(server, async () => {
        await run('taskset', ['-acp', String(CLIENT_CORE), String(process.pid)]);
        await withSessions(server, (sessions) => compare({ server, sessions, observer, directory }));
      });
    }),
  );
} finally {
  await rm(directory, { recursive: true });
}
