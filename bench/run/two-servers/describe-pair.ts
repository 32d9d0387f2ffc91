import { withConnection } from '../../database/connection.ts';
import type { Server } from '../../database/server.ts';
import type { PerArm } from '../../model/arm.ts';
import type { Environment } from '../../model/run.ts';
import type { Warning } from '../../model/outcome.ts';
import type { ServerPair } from '../../model/two-servers.ts';
import { describeEnvironment, sessionSettingsOf } from '../environment.ts';

/** Compares the two servers of a run, once both have the database that is measured. @param databases their names */
export async function describePair(
  { before, after }: PerArm<Server>,
  databases: PerArm<string>,
  signal: AbortSignal,
): Promise<Omit<ServerPair, 'arms'>> {
  const there = await factsOf(before, databases.before, signal);
  const here = await factsOf(after, databases.after, signal);
  return {
    before: { place: placeOf(before), postgresVersion: there.postgresVersion },
    after: { place: placeOf(after), postgresVersion: here.postgresVersion },
    differing: differingSettings(there.settings, here.settings),
  };
}

async function factsOf(
  server: Server,
  database: string,
  signal: AbortSignal,
): Promise<Pick<Environment, 'postgresVersion' | 'settings'>> {
  const { postgresVersion, settings } = await server.administer((admin) =>
    describeEnvironment(admin, server),
  );
  const ofSession = await withConnection(server.owner(database), signal, sessionSettingsOf);
  return { postgresVersion, settings: { ...settings, ...ofSession.settings } };
}

/** A URL without a host leads to a socket of this machine. */
const placeOf = (server: Server): string => new URL(server.admin().url).host || 'a local socket';

type Settings = Readonly<Record<string, string>>;

/** What may make the candidate's effect another one on either server. */
export const pairWarnings = ({ before, after, differing }: ServerPair): Warning[] => [
  ...(before.postgresVersion === after.postgresVersion
    ? []
    : [
        apart(
          `PostgreSQL is ${before.postgresVersion} on one server and ${after.postgresVersion} on the other`,
        ),
      ]),
  ...(differing.length === 0
    ? []
    : [
        apart(
          `the servers differ in ${differing.map((one) => `${one.setting} (${one.before} and ${one.after})`).join(', ')}`,
        ),
      ]),
];

const apart = (cause: string): Warning => ({
  code: 'servers-apart',
  cause,
  remedy: 'read each effect as the mean of two, or give both servers the same',
});

/** PostgreSQL's version is one of its settings, and no choice of anybody's. */
const differingSettings = (before: Settings, after: Settings): ServerPair['differing'] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((setting) => setting !== 'server_version' && before[setting] !== after[setting])
    .toSorted()
    .map((setting) => ({ setting, before: before[setting] ?? '', after: after[setting] ?? '' }));
