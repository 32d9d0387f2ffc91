import { expect, test } from 'vitest';
import { withConnection } from '../database/connection.ts';
import { cloneDatabase, createDatabase, dropDatabase } from '../database/databases.ts';
import { databaseName, type Server, type Site } from '../database/server.ts';
import type { ServerOptions } from './target.ts';

const never = new AbortController().signal;

/** Options that a test may vary. */
export type Variation = Partial<Pick<ServerOptions, 'signal' | 'keep' | 'statementTimeoutSeconds'>>;

/** A provider under test, and how to see from outside what it has left behind. */
export interface Provider {
  provide: <T>(use: (server: Server) => Promise<T>, variation?: Variation) => Promise<T>;
  leftBehind: () => Promise<readonly string[]>;
}

export const defaults = (variation: Variation): ServerOptions => ({
  scale: 0.05,
  statementTimeoutSeconds: 60,
  keep: false,
  signal: never,
  confirm: () => Promise.resolve(),
  onLeftBehind: ({ name, reason }) => {
    throw new Error(`${name} was left: ${reason}`);
  },
  ...variation,
});

async function ask(server: Server, sql: string, database?: string): Promise<string[]> {
  return withConnection(
    database === undefined ? server.admin() : server.owner(database),
    never,
    async (connection) => {
      const { rows } = await connection.query<string[]>({ text: sql, rowMode: 'array' });
      return rows.flat();
    },
  );
}

/** What the rest of the program relies on, whatever the server is: each becomes a test. */
export function behavesAsProvider({ provide, leftBehind }: Provider): void {
  test('sessions have the settings that decide plans', async () => {
    await provide(async (server) => {
      expect(await ask(server, 'SHOW jit')).toEqual(['off']);
      expect(await ask(server, 'SHOW random_page_cost')).toEqual(['1.1']);
      expect(await ask(server, 'SHOW default_statistics_target')).toEqual(['200']);
      expect(await ask(server, 'SHOW synchronize_seqscans')).toEqual(['off']);
    });
    expect(await leftBehind()).toEqual([]);
  });

  test('as many sessions as it says find a place, and somebody who looks at it', async () => {
    const places = `SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int`;
    await provide(async (server) => {
      const [taken] = await ask(server, places);
      expect(Number(taken)).toBeGreaterThan(server.maxSessions);
    });
  });

  test('a statement ends after the time it is given', async () => {
    const hang = (server: Server) => ask(server, 'SELECT pg_sleep(60)');
    await expect(provide(hang, { statementTimeoutSeconds: 1 })).rejects.toThrow('statement timeout');
  });

  test('a wrong password is refused where one is asked for, and not shown', async () => {
    await provide(async (server) => {
      const login = server.admin();
      const url = new URL(login.url);
      if (url.password === '') return;
      url.password = 'quite-wrong';
      const refused = await withConnection({ ...login, url: url.href }, never, () => Promise.resolve()).catch(
        (error: unknown) => error as Error,
      );
      expect(refused).toBeInstanceOf(Error);
      expect(JSON.stringify([refused?.message, String(refused?.cause)])).not.toContain('quite-wrong');
    });
  });

  test('databases are made, copied with all that is in them, marked as ours, and dropped', async () => {
    await provide(async (server) => {
      const site: Site = { server, signal: never };
      const [first, copy] = [databaseName(server, 'first'), databaseName(server, 'copy')];
      await createDatabase(site, first);
      await ask(server, 'CREATE TABLE t AS SELECT generate_series(1, 1000) AS i', first);
      await cloneDatabase(site, first, copy);
      expect(await ask(server, 'SELECT count(*) FROM t', copy)).toEqual(['1000']);
      const comment = `SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '${copy}'`;
      expect(await ask(server, comment)).toEqual([expect.stringMatching(/^index-impact: made by /)]);
      await dropDatabase(site, copy);
      expect(await ask(server, `SELECT FROM pg_database WHERE datname = '${copy}'`)).toEqual([]);
    });
    expect(await leftBehind()).toEqual([]);
  });

  test('a failure inside comes out as it was, and leaves nothing', async () => {
    const failing = provide(async (server) => {
      await createDatabase({ server, signal: never }, databaseName(server, 'left'));
      throw new Error('inside');
    });
    await expect(failing).rejects.toThrow('inside');
    expect(await leftBehind()).toEqual([]);
  });

  test('an abort ends it, and leaves nothing', async () => {
    const interruption = new AbortController();
    const aborted = provide(
      async (server) => {
        await createDatabase({ server, signal: interruption.signal }, databaseName(server, 'left'));
        setTimeout(() => {
          interruption.abort(new Error('enough'));
        }, 100);
        return withConnection(server.admin(), interruption.signal, (session) =>
          session.query('SELECT pg_sleep(60)'),
        );
      },
      { signal: interruption.signal },
    );
    await expect(aborted).rejects.toThrow();
    expect(await leftBehind()).toEqual([]);
  });

  test('where it can be restarted, sessions end and it answers again', async () => {
    await provide(async (server) => {
      if (!server.restart) return;
      const before = await ask(server, 'SELECT pg_postmaster_start_time()');
      await server.restart();
      expect(await ask(server, 'SELECT pg_postmaster_start_time()')).not.toEqual(before);
    });
  });

  test('what is said of its process and its room is true', async () => {
    await provide(async (server) => {
      if (server.processId !== undefined) expect(process.kill(server.processId, 0)).toBe(true);
      expect((await server.room()).bytes).toBeGreaterThan(0);
    });
  });
}
