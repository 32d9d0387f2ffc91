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
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  const options = { settings: serverSettings(0.25), keep: false, signal: new AbortController().signal };
  return new Promise((ready, failed) => {
    const scope = withEmbeddedServer(options, (server) => {
      project.provide('serverUrl', server.url());
      return new Promise<void>((finish) => {
        ready(async () => {
          finish();
          await scope;
        });
      });
    });
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
