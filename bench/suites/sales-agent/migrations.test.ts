import { afterEach, beforeEach, expect, test } from 'vitest';
import { catalogSnapshot } from '../../database/catalog-snapshot.fixture.ts';
import { listIndexes } from '../../database/indexes.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { applySqlFile, applySqlFiles } from '../../database/migrate.ts';
import { readSqlFile } from '../../database/sql-file.ts';
import { freshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { verifyIndexes } from '../../verify/verify-indexes.ts';
import { documentedIndexes } from './documented.ts';

const at = (file: string) => readSqlFile(new URL(`../../../migrations/${file}`, import.meta.url));
const shipped = [
  '001-64e77371d123-initial-schema.sql',
  '002-af36f48fb48c-multi-agent-system.sql',
  '003-ebf714f5f7b9-crm-integration.sql',
  '005-performance-indexes-and-constraints.sql',
  '006-reports.sql',
];
const UP = '007-comprehensive-database-indexes.up.sql';
const DOWN = '007-comprehensive-database-indexes.down.sql';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => (database = await freshDatabase()));
afterEach(() => database.drop());

const migrated = <T>(use: (connection: Connection) => Promise<T>) =>
  withConnection(database.login, new AbortController().signal, async (connection) => {
    await applySqlFiles(connection, await Promise.all(shipped.map(at)));
    return use(connection);
  });

test('the candidate adds the 19 documented indexes, valid and as documented', async () => {
  await migrated(async (connection) => {
    const before = await listIndexes(connection);
    await applySqlFile(connection, await at(UP));
    const after = await listIndexes(connection);
    expect(after.length - before.length).toBe(19);
    const checks = verifyIndexes(documentedIndexes, after);
    expect(checks.filter(({ state }) => state !== 'as expected')).toEqual([]);
  });
});

test('applied twice, the candidate changes nothing; up then down gives back the identical catalog', async () => {
  await migrated(async (connection) => {
    const before = await catalogSnapshot(connection);
    await applySqlFile(connection, await at(UP));
    const once = await catalogSnapshot(connection);
    await applySqlFile(connection, await at(UP));
    expect(await catalogSnapshot(connection)).toEqual(once);
    await applySqlFile(connection, await at(DOWN));
    expect(await catalogSnapshot(connection)).toEqual(before);
  });
});

test('an index of the same name that is defined differently is found out, as are missing and invalid ones', async () => {
  await migrated(async (connection) => {
    await connection.query('CREATE INDEX ix_leads_updated_at ON leads (created_at)');
    await applySqlFile(connection, await at(UP));
    await connection.query('DROP INDEX ix_leads_qualified_at');
    await connection.query(
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_leads_score_created'::regclass",
    );
    const checks = verifyIndexes(documentedIndexes, await listIndexes(connection));
    expect(checks.filter(({ state }) => state !== 'as expected')).toMatchObject([
      { name: 'ix_leads_qualified_at', state: 'missing' },
      {
        name: 'ix_leads_updated_at',
        state: 'different',
        found: 'CREATE INDEX ix_leads_updated_at ON public.leads USING btree (created_at)',
      },
      { name: 'ix_leads_score_created', state: 'invalid' },
    ]);
  });
});
