import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { createDatabase, dropDatabase } from './databases.ts';
import { withEmbeddedServer } from './provision/embedded.ts';
import { serverSettings } from './provision/server-settings.ts';
import { databaseName, type Server, type Site } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    serverUrl: string;
  }
}

/** Vitest's global setup: one real server for the whole test run; what it returns is the teardown. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startServer();
  project.provide('serverUrl', server.url());
  return stop;
}

/** A server for those who cannot share one: what else happens on it would show in what they count. */
export function startServer(): Promise<{ server: Server; stop: () => Promise<void> }> {
  const options = { settings: serverSettings(0.25), keep: false, signal: new AbortController().signal };
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

/** The shared test server, for databases under names of their own. */
export function testSite(): Site {
  const serverUrl = inject('serverUrl');
  const server: Server = {
    target: 'embedded',
    url: (database = 'postgres') => Object.assign(new URL(serverUrl), { pathname: database }).href,
    namePrefix: `test_${randomUUID().slice(0, 8)}`,
    copiesFiles: true,
    processId: undefined,
    restart: undefined,
    room: () => Promise.resolve({ bytes: Infinity, limit: 'nothing' }),
    stopCommand: '',
  };
  return { server, signal: new AbortController().signal };
}

/** An empty database of the shared test server. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const site = testSite();
  const name = databaseName(site.server, 'fresh');
  await createDatabase(site, name);
  return { url: site.server.url(name), drop: () => dropDatabase(site, name) };
}
