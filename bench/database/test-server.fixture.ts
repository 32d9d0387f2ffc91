import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { withConnection } from './connection.ts';
import { createDatabase, dropDatabase } from './databases.ts';
import { withEmbeddedServer } from './provision/embedded.ts';
import { serverSettings } from './provision/server-settings.ts';

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

const never = new AbortController().signal;

/** An empty database of the shared test server. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const serverUrl = inject('serverUrl');
  const name = `test_${randomUUID().slice(0, 8)}`;
  await withConnection(serverUrl, never, (admin) => createDatabase(admin, name));
  const url = new URL(serverUrl);
  url.pathname = name;
  return {
    url: url.href,
    drop: () => withConnection(serverUrl, never, (admin) => dropDatabase(admin, name)),
  };
}
