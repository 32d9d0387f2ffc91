import { listIndexes, type CatalogIndex } from './catalog.ts';
import type { Connection } from './connection.ts';
import { applySqlFile } from './migrate.ts';
import type { SqlFile } from './sql-file.ts';

/** An index that the candidate created, and its build time. */
export interface BuiltIndex extends CatalogIndex {
  buildMs: number;
}

/**
 * Applies the candidate's migration. Whatever index the catalog holds after a statement and did not hold before was
 * built by it. The statement need not name the index, nor be a CREATE INDEX.
 */
export async function applyCandidate(connection: Connection, up: SqlFile): Promise<BuiltIndex[]> {
  const built: BuiltIndex[] = [];
  let known = new Set((await listIndexes(connection)).map(({ name }) => name));
  await applySqlFile(connection, up, async (_statement, execute) => {
    const start = performance.now();
    await execute();
    const buildMs = performance.now() - start;
    const now = await listIndexes(connection);
    for (const index of now) if (!known.has(index.name)) built.push({ ...index, buildMs });
    known = new Set(now.map(({ name }) => name));
  });
  return built;
}
