import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { withConnection } from './connection.ts';
import { createDatabase, dropDatabase } from './databases.ts';
import { withEmbeddedServer } from './provision/embedded.ts';
import { adminLogins } from './provision/own-server.ts';
import { serverSettings } from './provision/server-settings.ts';
import type { Login } from './login.ts';
import { databaseName, type Server, type Site } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    serverUrl: string;
    ownerUrl: string;
    ownerRole: string;
  }
}

/** Vitest's global setup: one real server for the whole test run; what it returns is the teardown. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startServer();
  project.provide('serverUrl', server.admin().url);
  project.provide('ownerUrl', server.owner('postgres').url);
  project.provide('ownerRole', server.ownerRole ?? '');
  return stop;
}

/** A server for those who cannot share one: what else happens on it would show in what they count. */
export function startServer(
  settings: Record<string, string> = {},
): Promise<{ server: Server; stop: () => Promise<void> }> {
  const { signal } = new AbortController();
  const options = { settings: { ...serverSettings(0.25), ...settings }, keep: false, signal };
  return new Promise((ready, failed) => {
    const scope = withEmbeddedServer(
      options,
      (server) =>
        new Promise<void>((finish) => {
          const stop = (): Promise<void> => {
            finish();
            return scope;
          };
          ready({ server, stop });
        }),
    );
    scope.catch(failed);
  });
}

/** A session as whoever a URL names, with what the server and the database set. */
export const loginTo = (url: string, database?: string): Login => ({
  url: database === undefined ? url : Object.assign(new URL(url), { pathname: database }).href,
  settings: {},
  environment: 'ignored',
});

/** The shared test server, for databases under names of their own. */
export function testSite(): Site {
  const [adminUrl, ownerUrl] = [inject('serverUrl'), inject('ownerUrl')];
  const admin = adminLogins((database = 'postgres') => loginTo(adminUrl, database).url, {}, 'ignored');
  return siteOf(admin, { owner: (database) => loginTo(ownerUrl, database), ownerRole: inject('ownerRole') });
}

/** A server that somebody has started, as whoever these logins are. */
export function siteOf(
  admin: Server['admin'],
  { owner, ownerRole }: Pick<Server, 'owner' | 'ownerRole'> = { owner: admin, ownerRole: undefined },
): Site {
  const { signal } = new AbortController();
  const server: Server = {
    target: 'embedded',
    admin,
    administer: (use) => withConnection(admin(), signal, use),
    maxSessions: Infinity,
    owner,
    ownerRole,
    namePrefix: `test_${randomUUID().slice(0, 8)}`,
    isOurs: true,
    copiesFiles: true,
    processId: undefined,
    restart: undefined,
    room: () => Promise.resolve({ bytes: Infinity, limit: 'nothing' }),
    connectCommand: () => '',
    stopCommand: '',
  };
  return { server, signal };
}

export interface FreshDatabase {
  /** For a superuser. */
  url: string;
  login: Login;
  drop: () => Promise<void>;
}

/** An empty database of the shared test server. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const site = testSite();
  const name = databaseName(site.server, 'fresh');
  await createDatabase(site, name);
  const login = loginTo(inject('serverUrl'), name);
  return { url: login.url, login, drop: () => dropDatabase(site, name) };
}
