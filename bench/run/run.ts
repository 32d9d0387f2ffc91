import { machineWarnings } from '../analyse/machine-warnings.ts';
import { withConnection } from '../database/connection.ts';
import type { Confirm, LeftBehind } from '../servers/target.ts';
import { localeOf } from '../database/locale.ts';
import { inPageCache } from '../database/page-cache.ts';
import type { Server, Site } from '../database/server.ts';
import { watchServerWide, type ServerWideChange } from '../database/server-wide.ts';
import { statementsOf, type SqlFile } from '../database/sql-file.ts';
import { checkMachine } from '../measure/machine/check.ts';
import type { Environment } from '../model/run.ts';
import type { Dataset } from '../model/result.ts';
import type { Progress } from '../model/progress.ts';
import { searchPathSetting } from '../suite/search-path.ts';
import type { Suite } from '../suite/suite.ts';
import { askingOnce } from '../database/ask-rows.ts';
import { counted } from '../format/quantity.ts';
import { lostOnRows } from '../format/lost-on-rows.ts';
import { machineText } from '../format/machine-text.ts';
import { plainText } from '../format/plain-text.ts';
import type { Warning } from '../model/outcome.ts';
import { candidateFile } from './candidate-file.ts';
import { namesOf } from './arms.ts';
import { notDistributed } from './distribute.ts';
import { describeEnvironment, sessionSettingsOf } from './environment.ts';
import { fitRequest } from './fit-request.ts';
import { describeNeeds, needsOnEach } from './needs.ts';
import { noteLikeness } from './likeness.ts';
import { Phases } from './phases.ts';
import { runStages } from './run-stages.ts';
import type { RunRequest } from './run-request.ts';
import { refuseSettings } from './refuse-settings.ts';
import { aloneOn, type RunSite } from './sites.ts';
import { describePair, pairWarnings } from './two-servers/describe-pair.ts';
import { refuseOtherRows } from './two-servers/same-rows.ts';
import type { RunState } from './run-state.ts';
import type { RunStore } from './run-store.ts';
import { describeSources } from './fingerprints.ts';
import { fillTemplate, migrateTemplate, templateName } from './template.ts';
import { applicableBaselines } from './try-candidate.ts';
import { sourceWarnings } from './source-warnings.ts';

/** How to reach the server of a run with `keep`. */
export interface Kept {
  /** Database name of every arm, and the shell command that opens a session with it. */
  databases: readonly { name: string; connectCommand: string }[];
  /** One for each server. */
  stopCommands: readonly string[];
}

/** Where a run's findings and its progress go, what ends it, and who is asked when that is necessary. */
export interface RunContext {
  store: RunStore;
  progress: Progress;
  signal: AbortSignal;
  confirm: Confirm;
  onLeftBehind: (database: LeftBehind) => void;
  /** Is carried out on the seeded database, before it is copied for the arms. */
  onTemplate?: (site: TemplateSite) => Promise<void>;
}

/** The seeded database of a run, and what is about to be measured on copies of it. */
interface TemplateSite extends Site, Pick<RunRequest, 'baselines'>, Pick<Suite, 'reads'> {
  candidate: SqlFile;
  dataset: Dataset;
  phases: Phases;
}

/** Carries a run out: server, template, arms, measurements. Everything goes into `store` as it is found. */
export async function carryOut(
  asked: RunRequest,
  { store, progress, signal, confirm, onLeftBehind, onTemplate }: RunContext,
): Promise<Kept> {
  const candidate = asked.candidateFile ?? (await candidateFile(asked.suite));
  await statementsOf(candidate);
  const { state } = store;
  state.ask(await describeSources(asked.suite, candidate));
  const phases = new Phases(progress, (phase) => {
    state.addPhase(phase);
  });
  const started = phases.begin('server');
  const options = { ...askedOfServer(asked), signal, confirm, onLeftBehind };
  return asked.server.open(options, async (server, other) => {
    const servers = other ? [server, other] : [server];
    for (const one of servers) await refuseSettings(one, asked.settings);
    const environment = await server.administer((connection) => describeEnvironment(connection, server));
    state.environment = environment;
    started(`PostgreSQL ${environment.postgresVersion}`);

    const machineCheck = await examineMachine({ phases, state, signal });
    const needs = await phases.during('room', () => needsOnEach(asked, servers), describeNeeds);
    const noteChanges = await notingChanges(servers, signal, state);
    const findings = { state, store, progress, phases };
    const place = { server, ...placing(server, other), signal };
    const site = { ...place, ...findings, ask: askingOnce(), candidate, ...needs, noteChanges };
    const { baselines, dataset } = await inPageCache(server, () => makeTemplate(asked, site));
    if (other) await matchTemplate(asked, dataset, other, site);
    const measuredOn = await withSessionSettings({ ...environment, machineCheck }, server, signal);
    await store.begin(measuredOn, dataset);
    const onRows = await requestOnRows(asked, site);
    const { request, warnings } = await fitRequest({ ...onRows, baselines }, state.measured.canaries, site);
    state.baselines = request.baselines;
    state.addWarnings([...sourceWarnings(request.suite, measuredOn), ...warnings]);
    const { suite, baselines: measured } = request;
    await noteLikeness(suite, site);
    const template = { candidate, dataset, reads: suite.reads, baselines: measured };
    await onTemplate?.({ server, signal, phases, ...template });
    const arms = await runStages(request, site);
    await noteChanges();
    return keptOn(servers, namesOf(arms));
  });
}

const keptOn = (servers: readonly Server[], names: readonly string[]): Kept => ({
  databases: servers.flatMap((server) =>
    names.map((name) => ({ name, connectCommand: server.connectCommand(name) })),
  ),
  stopCommands: servers.map(({ stopCommand }) => stopCommand),
});

/** The seeded database, once it is known which baselines the candidate can be applied to. */
async function makeTemplate(asked: RunRequest, site: RunSite & Pick<TemplateSite, 'candidate'>) {
  const { server, phases, signal } = site;
  const distributed = await migrateTemplate(server, asked, phases, signal);
  site.state.addWarnings(notDistributed(asked.suite, distributed.distribution));
  const baselines = await applicableBaselines(asked.baselines, { ...site, suite: asked.suite });
  return { baselines, dataset: { ...(await fillTemplate(server, asked, phases, signal)), ...distributed } };
}

/** While nothing else runs: the server is idle. */
async function examineMachine({ phases, state, signal }: Pick<RunSite, 'phases' | 'state' | 'signal'>) {
  const check = await phases.during('machine', () => checkMachine(signal), machineText);
  state.addWarnings(machineWarnings(check));
  return check;
}

async function notingChanges(
  servers: readonly Server[],
  signal: AbortSignal,
  state: RunState,
): Promise<() => Promise<void>> {
  const watches = await Promise.all(servers.map((server) => watchServerWide({ server, signal })));
  return async () => {
    for (const changes of watches) state.addWarnings((await changes()).map(warnOfChange));
  };
}

/** Where the arms are: on one server, or on two, where they change places. */
const placing = (server: Server, other: Server = server): Pick<RunSite, 'placement' | 'crossed'> => ({
  placement: { before: server, after: other },
  crossed: other === server ? undefined : { before: other, after: server },
});

/** Makes the seeded database on the other server, too. */
async function matchTemplate(
  asked: RunRequest,
  dataset: Dataset,
  other: Server,
  site: RunSite & Pick<TemplateSite, 'candidate'>,
): Promise<void> {
  const made = await makeTemplate(asked, aloneOn(site, other));
  refuseOtherRows(dataset, made.dataset);
  const pair = await describePair([site.server, other], site.signal);
  site.state.servers = pair;
  site.state.addWarnings(pairWarnings(pair));
}

/** What a run needs of its server. */
export const askedOfServer = ({ scale, statementTimeoutSeconds, settings, suite, keep }: RunRequest) => ({
  ...{ scale, statementTimeoutSeconds, keep },
  sessionSettings: { ...settings, ...searchPathSetting(suite) },
});

/** As it is asked for, unless the rows decide. */
async function requestOnRows(
  asked: RunRequest,
  { server, signal, store, phases, ask }: RunSite,
): Promise<RunRequest> {
  const { suite, suiteOnRows: check } = asked;
  if (!check) return asked;
  const work = () =>
    withConnection(server.owner(templateName(server)), signal, (template) => check(template, ask));
  const checked = await phases.during('statements', work, (found) => describeItems(found.suite, suite));
  const request = { ...asked, ...checked };
  await store.change(request);
  return request;
}

/** @param promised as it was before the rows were there */
const describeItems = ({ reads, writes, source }: Suite, promised: Suite): string =>
  `${counted(reads.length, 'read')} and ${counted(writes.length, 'write')} find rows${lostOnRows(promised.source, source)}`;

/** Sessions of the suite may have other values than ours. */
const withSessionSettings = (
  environment: Environment,
  server: Server,
  signal: AbortSignal,
): Promise<Environment> =>
  withConnection(server.owner(templateName(server)), signal, async (connection) => {
    const { settings, notDefault } = await sessionSettingsOf(connection);
    const locale = await localeOf(connection);
    return { ...environment, settings: { ...environment.settings, ...settings }, notDefault, locale };
  });

/** A change outside the run's databases, by the SQL of the suite or by somebody else. */
const warnOfChange = ({ what, isTakenBack }: ServerWideChange): Warning => ({
  code: 'server-wide',
  cause: `since the run began there is ${plainText(what)}, which is no part of a database`,
  remedy: isTakenBack
    ? 'it was taken back: take it out of the candidate, or set it on the server that is measured'
    : 'if the candidate has made it, take it out of the candidate and off the server',
});
