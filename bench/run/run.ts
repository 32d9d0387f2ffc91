import { machineWarnings } from '../analyse/machine-warnings.ts';
import { statementsOf } from '../database/sql-file.ts';
import type { Server } from '../database/server.ts';
import { machineText } from '../format/machine-text.ts';
import { checkMachine } from '../measure/machine/check.ts';
import { searchPathSetting } from '../suite/search-path.ts';
import { measureAsTheyAre } from './as-they-are/measure.ts';
import { candidateFile } from './candidate-file.ts';
import { describeEnvironment } from './environment.ts';
import { describeSources } from './fingerprints.ts';
import { measureCopies } from './measure-copies.ts';
import { Phases } from './phases.ts';
import { refuseSettings } from './refuse-settings.ts';
import type { Kept, RunContext } from './run-context.ts';
import type { RunRequest } from './run-request.ts';
import type { RunSite } from './sites.ts';

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
    for (const one of other ? [server, other] : [server]) await refuseSettings(one, asked.settings);
    const found = await server.administer((connection) => describeEnvironment(connection, server));
    state.environment = found;
    started(`PostgreSQL ${found.postgresVersion}`);

    const environment = { ...found, machineCheck: await examineMachine({ phases, state, signal }) };
    const place = { ...placing(server, other), state, store, progress, phases, signal, environment };
    if (!asked.server.asTheyAre) return measureCopies(asked, place, { candidate, onTemplate });
    await measureAsTheyAre(asked, place);
    return { databases: [], stopCommands: [] };
  });
}

/** While nothing else runs: the server is idle. */
async function examineMachine({ phases, state, signal }: Pick<RunSite, 'phases' | 'state' | 'signal'>) {
  const check = await phases.during('machine', () => checkMachine(signal), machineText);
  state.addWarnings(machineWarnings(check));
  return check;
}

/** Where the arms are: on one server, or on two, where they change places. */
const placing = (server: Server, other: Server = server): Pick<RunSite, 'placement' | 'crossed'> => ({
  placement: { before: server, after: other },
  crossed: other === server ? undefined : { before: other, after: server },
});

/** What a run needs of its server. */
export const askedOfServer = ({ scale, statementTimeoutSeconds, settings, suite, keep }: RunRequest) => ({
  ...{ scale, statementTimeoutSeconds, keep },
  sessionSettings: { ...settings, ...searchPathSetting(suite) },
});
