import { loadModule } from 'libpg-query';
import { afterAll, beforeAll } from 'vitest';
import { withConnection, type Connection } from '../../database/connection.ts';
import { freshDatabase, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { preparedStatements } from './prepared-statements.ts';
import { readCatalog } from './read-catalog.ts';
import { checkReplay } from './replay-check.ts';
import { SHOP } from './shop.fixture.ts';
import type { ObservedStatement, ReplayableStatement, Statements } from './source-statement.ts';

const never = new AbortController().signal;

/** The fixture has few rows. */
const FEW_TARGETS = 1;

type Touched = readonly { name: string; indexedColumns: readonly string[] }[];

export const TOUCHED: Touched = [
  'orders',
  'customers',
  'products',
  'events',
  'categories',
  'order_items',
].map((name) => ({ name, indexedColumns: name === 'orders' ? ['status'] : [] }));

export const observed = (sql: string): ObservedStatement => ({
  sql,
  calls: 10,
  totalMs: 10,
  weight: 60,
  origin: 'test',
});

/** A database with the shop for the tests of a file, and statements prepared on it. */
export function preparedInShop() {
  let database: FreshDatabase;
  beforeAll(async () => {
    await loadModule();
    database = await freshDatabase();
    await inShop((connection) => connection.query(SHOP));
  });
  afterAll(() => database.drop());

  const inShop = <T>(use: (connection: Connection) => Promise<T>): Promise<T> =>
    withConnection(database.login, never, use);

  const unchecked = (statements: readonly ObservedStatement[], touched = TOUCHED): Promise<Statements> =>
    inShop(async (connection) => {
      const catalog = await readCatalog(connection);
      const isCarried = (table: string): boolean => table !== 'tenants';
      return preparedStatements(statements, { catalog, touched, isCarried });
    });

  const prepared = async (sqls: readonly string[], touched = TOUCHED): Promise<Statements> => {
    const statements = await unchecked(sqls.map(observed), touched);
    return inShop((connection) => checkReplay(connection, statements, { leastTargets: FEW_TARGETS }));
  };

  /** The only item that a statement becomes. */
  async function itemOf(sql: string): Promise<ReplayableStatement> {
    const { replayable, leftOut } = await prepared([sql], []);
    const [item] = replayable;
    if (!item) throw new Error(leftOut[0]?.reason);
    return item;
  }

  const rowsOf = (text: string, values: readonly (string | null)[] = []): Promise<(string | null)[][]> =>
    inShop(async (connection) => {
      const query = { text, values: [...values], rowMode: 'array' as const };
      return (await connection.query<(string | null)[]>(query)).rows;
    });

  return { inShop, unchecked, prepared, itemOf, rowsOf };
}
