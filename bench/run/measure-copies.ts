import { askingOnce } from '../database/ask-rows.ts';
import { withConnection } from '../database/connection.ts';
import { inPageCache } from '../database/page-cache.ts';
import { watchServerWide, type ServerWideChange } from '../database/server-wide.ts';
import type { Server } from '../database/server.ts';
import type { SqlFile } from '../database/sql-file.ts';
import { lostOnRows } from '../format/lost-on-rows.ts';
import { plainText } from '../format/plain-text.ts';
import { counted } from '../format/quantity.ts';
import type { Warning } from '../model/outcome.ts';
import type { Dataset } from '../model/result.ts';
import type { Suite } from '../suite/suite.ts';
import { namesOf } from './arms.ts';
import { distributionWarnings } from './distribute.ts';
import { describeSession } from './environment.ts';
import { fitRequest } from './fit-request.ts';
import { noteLikeness } from './likeness.ts';
import { describeNeeds, needsOnEach } from './needs.ts';
import type { Kept, RunContext } from './run-context.ts';
import type { RunRequest } from './run-request.ts';
import { runStages } from './run-stages.ts';
import type { RunState } from './run-state.ts';
import { aloneOn, serversOf, type RunPlace, type RunSite } from './sites.ts';
import { sourceWarnings } from './source-warnings.ts';
import { fillTemplate, migrateTemplate, templateName } from './template.ts';
import { applicableBaselines } from './try-candidate.ts';
import { describePair, pairWarnings } from './two-servers/describe-pair.ts';
import { refuseOtherRows } from './two-servers/same-rows.ts';

/** What is done with the seeded database, beside measuring on copies of it. */
interface Handled {
  candidate: SqlFile;
  onTemplate: RunContext['onTemplate'];
}

/** Makes the databases of a run, on one server or on two, and measures what the candidate changes in copies of them. */
export async function measureCopies(
  asked: RunRequest,
  { environment, ...place }: RunPlace,
  { candidate, onTemplate }: Handled,
): Promise<Kept> {
  const { state, store, phases, signal, placement } = place;
  const servers = serversOf(place);
  const [server, other] = [placement.before, servers[1]];
  const needs = await phases.during('room', () => needsOnEach(asked, servers), describeNeeds);
  const noteChanges = await notingChanges(servers, signal, state);
  const site = { ...place, server, ask: askingOnce(), candidate, ...needs, noteChanges };
  const { baselines, dataset } = await inPageCache(server, () => makeTemplate(asked, site));
  if (other) await matchTemplate(asked, dataset, other, site);
  const measuredOn = await withConnection(server.owner(templateName(server)), signal, (session) =>
    describeSession(session, environment),
  );
  await store.begin(measuredOn, dataset);
  const onRows = await requestOnRows(asked, site);
  const { request, warnings } = await fitRequest({ ...onRows, baselines }, state.measured.canaries, site);
  state.baselines = request.baselines;
  state.addWarnings([...sourceWarnings(request.suite, measuredOn), ...warnings]);
  const { suite, baselines: measured } = request;
  await noteLikeness(suite, site);
  await onTemplate?.({ server, signal, phases, candidate, dataset, reads: suite.reads, baselines: measured });
  const arms = await runStages(request, site);
  await noteChanges();
  return keptOn(servers, namesOf(arms));
}

const keptOn = (servers: readonly Server[], names: readonly string[]): Kept => ({
  databases: servers.flatMap((server) =>
    names.map((name) => ({ name, connectCommand: server.connectCommand(name) })),
  ),
  stopCommands: servers.map(({ stopCommand }) => stopCommand),
});

/** The seeded database, once it is known which baselines the candidate can be applied to. */
async function makeTemplate(asked: RunRequest, site: RunSite & Pick<Handled, 'candidate'>) {
  const { server, phases, signal } = site;
  const distributed = await migrateTemplate(server, asked, phases, signal);
  site.state.addWarnings(distributionWarnings(asked.suite, distributed.distribution));
  const baselines = await applicableBaselines(asked.baselines, { ...site, suite: asked.suite });
  return { baselines, dataset: { ...(await fillTemplate(server, asked, phases, signal)), ...distributed } };
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

/** Makes the seeded database on the other server, too. */
async function matchTemplate(
  asked: RunRequest,
  dataset: Dataset,
  other: Server,
  site: RunSite & Pick<Handled, 'candidate'>,
): Promise<void> {
  const made = await makeTemplate(asked, aloneOn(site, other));
  refuseOtherRows(dataset, made.dataset);
  const { placement, server, signal } = site;
  const databases = { before: templateName(server), after: templateName(other) };
  const pair = await describePair(placement, databases, signal);
  site.state.servers = { ...pair, arms: 'change places' };
  site.state.addWarnings(pairWarnings(pair));
}

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

/** A change outside the run's databases, by the SQL of the suite or by somebody else. */
const warnOfChange = ({ what, isTakenBack }: ServerWideChange): Warning => ({
  code: 'server-wide',
  cause: `since the run began there is ${plainText(what)}, which is no part of a database`,
  remedy: isTakenBack
    ? 'it was taken back: take it out of the candidate, or set it on the server that is measured'
    : 'if the candidate has made it, take it out of the candidate and off the server',
});
