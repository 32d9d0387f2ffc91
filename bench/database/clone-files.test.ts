import { afterEach, beforeEach, expect, test } from 'vitest';
import { testSite } from '../../tests/fixtures/test-server.fixture.ts';
import { cloningFiles } from './clone-files.ts';
import { withConnection, type Connection } from './connection.ts';
import { cloneDatabase, createDatabase, dropDatabase } from './databases.ts';
import { databaseName } from './server.ts';

const site = testSite();
const [original, copy] = [databaseName(site.server, 'original'), databaseName(site.server, 'copy')];

const inside = <T>(database: string, use: (connection: Connection) => Promise<T>): Promise<T> =>
  withConnection(site.server.admin(database), site.signal, use);

beforeEach(async () => {
  await createDatabase(site, original);
  await inside(original, (admin) =>
    admin.query('CREATE TABLE public.t AS SELECT generate_series(1, 5000) AS i; CHECKPOINT'),
  );
});
afterEach(async () => {
  for (const name of [copy, original]) await dropDatabase(site, name);
});

const CONTENT = 'SELECT count(*) || $$ $$ || sum(i) AS content FROM public.t';
const contentOf = (database: string): Promise<string | undefined> =>
  inside(database, async (admin) => (await admin.query<{ content: string }>(CONTENT)).rows[0]?.content);

const methodOf = async (admin: Connection): Promise<string | undefined> =>
  (await admin.query<{ file_copy_method: string }>('SHOW file_copy_method')).rows[0]?.file_copy_method;

const CREATE = `CREATE DATABASE ${copy} TEMPLATE ${original} STRATEGY FILE_COPY`;

test('a copy whose files were cloned has the same rows', async () => {
  await cloneDatabase(site, original, copy);
  expect(await contentOf(copy)).toBe('5000 12502500');
  expect(await contentOf(copy)).toBe(await contentOf(original));
});

test('files are cloned, and copied where the file system refuses; then the session is as it was', async () => {
  const methods: unknown[] = [];
  await site.server.administer(async (admin) => {
    await cloningFiles(admin, async () => {
      methods.push(await methodOf(admin));
      await admin.query(`
        DO $$ BEGIN
          IF current_setting('file_copy_method') = 'clone' THEN
            RAISE 'could not clone file "base/1/2" to "base/3/2": Operation not supported';
          END IF;
        END $$`);
      await admin.query(CREATE);
    });
    methods.push(await methodOf(admin));
  });
  expect(methods).toEqual(['clone', 'copy', 'copy']);
  expect(await contentOf(copy)).toBe('5000 12502500');
});

test('any other failure is not tried again', async () => {
  let times = 0;
  const making = site.server.administer((admin) =>
    cloningFiles(admin, () => {
      times += 1;
      return admin.query(`CREATE DATABASE ${copy} TEMPLATE ${original}_nowhere`);
    }),
  );
  await expect(making).rejects.toThrow('does not exist');
  expect(times).toBe(1);
});
