import { withConnection } from '../database/connection.ts';
import type { Confirm, LeftBehind } from '../servers/target.ts';
import type { Server } from '../database/server.ts';
import { watchServerWide, type ServerWideChange } from '../database/server-wide.ts';
import { readSqlFile, statementsOf, type SqlFile } from '../database/sql-file.ts';
import type { Baseline } from '../model/arm.ts';
import type { Environment } from '../model/run.ts';
import type { Progress } from '../model/progress.ts';
import { plainText } from '../format/plain-text.ts';
import { counted } from '../format/quantity.ts';
import type { Warning } from '../model/outcome.ts';
import { candidateIndexes, makeArms, type BaselineArms } from './arms.ts';
import { describeEnvironment, plannerSettings } from './environment.ts';
import { fitRequest } from './fit-request.ts';
import { measureAll } from './measure-all.ts';
import { Phases } from './phases.ts';
import { probeClaims, type ProbeAnswers } from './items/claim-probes.ts';
import { refuseUnlessRoom } from './server-load.ts';
import type { RunRequest } from './run-request.ts';
import type { RunStore } from './run-store.ts';
import { describeSources } from './fingerprints.ts';
import { prepareTemplate, templateName } from './template.ts';

/** How to reach the server of a run with `keep`. */
export interface Kept {
  /** Database name of every arm, and the shell command that opens a session with it. */
  databases: readonly { name: string; connectCommand: string }[];
  stopCommand: string;
}

/** Where a run's findings and its progress go, what ends it, and who is asked when that is necessary. */
export interface RunContext {
  store: RunStore;
  progress: Progress;
  signal: AbortSignal;
  confirm: Confirm;
  onLeftBehind: (database: LeftBehind) => void;
}

/** Carries a run out: server, template, arms, measurements. Everything goes into `store` as it is found. */
export async function carryOut(
  asked: RunRequest,
  { store, progress, signal, confirm, onLeftBehind }: RunContext,
): Promise<Kept> {
  const candidate = await readSqlFile(asked.suite.candidate.up);
  await statementsOf(candidate);
  const { state } = store;
  state.ask(await describeSources(asked.suite, candidate));
  const phases = new Phases(progress, (phase) => {
    state.addPhase(phase);
  });
  const started = phases.begin('server');
  const { scale, statementTimeoutSeconds, keep } = asked;
  const options = { scale, statementTimeoutSeconds, keep, signal, confirm, onLeftBehind };
  return asked.server.open(options, async (server) => {
    const environment = await server.administer((connection) => describeEnvironment(connection, server));
    state.environment = environment;
    started(`PostgreSQL ${environment.postgresVersion}`);

    await refuseUnlessRoom(asked, server);
    const changes = await watchServerWide({ server, signal });
    const dataset = await prepareTemplate(server, asked, phases, signal);
    await store.begin(await withPlannerSettings(environment, server, signal), dataset);
    const { request, warnings } = await fitRequest(asked, state.measured.canaries, { server, signal });
    state.baselines = request.baselines;
    state.addWarnings(warnings);
    const build = () => buildArms(server, request.baselines, candidate, signal);
    const arms = await phases.during('arms', build, describeArms);
    state.addWarnings((await changes()).map(warnOfChange));
    state.candidate = { ...state.candidate, indexes: candidateIndexes(arms) };
    state.storage = arms.flatMap(({ storage }) => storage);
    const { claims } = request.suite;
    if (claims.length > 0) {
      const ask = () => probeClaims(claims, arms, server, signal);
      state.answers = await phases.during('claims', ask, describeProbes(claims.length));
    }

    await measureAll(request, arms, { server, signal, state, store, progress, phases });
    state.addWarnings((await changes()).map(warnOfChange));
    return {
      databases: namesOf(arms).map((name) => ({ name, connectCommand: server.connectCommand(name) })),
      stopCommand: server.stopCommand,
    };
  });
}

/** Role and database may set other values in sessions of the suite than in ours. */
const withPlannerSettings = (
  environment: Environment,
  server: Server,
  signal: AbortSignal,
): Promise<Environment> =>
  withConnection(server.owner(templateName(server)), signal, async (connection) => ({
    ...environment,
    settings: { ...environment.settings, ...(await plannerSettings(connection)) },
  }));

async function buildArms(
  server: Server,
  baselines: readonly Baseline[],
  candidate: SqlFile,
  signal: AbortSignal,
): Promise<BaselineArms[]> {
  const arms: BaselineArms[] = [];
  for (const baseline of baselines) arms.push(await makeArms(server, baseline, candidate, signal));
  return arms;
}

function describeArms(arms: readonly BaselineArms[]): string {
  const seconds = arms.flatMap(({ built }) => built).reduce((sum, { buildMs }) => sum + buildMs, 0) / 1000;
  const indexes = arms[0]?.built.length ?? 0;
  return `${arms.length} x 2 clones   ${counted(indexes, 'index', 'indexes')} built on each in ${(seconds / arms.length).toFixed(1)} s`;
}

const describeProbes =
  (claims: number) =>
  ({ size }: ProbeAnswers): string =>
    `${counted(claims, 'claim')}, ${size} of them asked of the database`;

/** A change outside the run's databases, by the SQL of the suite or by somebody else. */
const warnOfChange = ({ what, isTakenBack }: ServerWideChange): Warning => ({
  code: 'server-wide',
  cause: `since the run began there is ${plainText(what)}, which is no part of a database`,
  remedy: isTakenBack
    ? 'it was taken back: take it out of the candidate, or set it on the server that is measured'
    : 'if the candidate has made it, take it out of the candidate and off the server',
});

const namesOf = (arms: readonly BaselineArms[]): string[] =>
  arms.flatMap(({ databases }) => [databases.before, databases.after]);
