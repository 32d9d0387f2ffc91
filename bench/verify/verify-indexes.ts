import type { ExpectedIndex, IndexCheck, QueryAnswer, QueryCheck } from '../model/verification.ts';
import type { CatalogIndex } from '../database/indexes.ts';
import { DatabaseError } from 'pg';
import type { Connection } from '../database/connection.ts';

/**
 * Compares the indexes of a database with the expected ones. CREATE INDEX IF NOT EXISTS keeps any index with the
 * name: so validity and definition are compared, too.
 */
export function verifyIndexes(
  expected: readonly ExpectedIndex[],
  present: readonly CatalogIndex[],
): IndexCheck[] {
  return expected.map(({ name, table, definition }) => {
    const index = { name, table, definition };
    const found = present.find((one) => one.name === name);
    if (!found) return { ...index, state: 'missing' };
    if (!found.valid) return { ...index, state: 'invalid' };
    if (found.definition !== definition) return { ...index, state: 'different', found: found.definition };
    return { ...index, state: 'as expected' };
  });
}

/** A query of a document, and the nearest form that works where it fails. */
interface DocumentedQuery {
  title: string;
  sql: string;
  workingForm?: string | undefined;
}

/** Runs a query as its document prints it. Where PostgreSQL refuses it, shows the error and runs the working form. */
export async function runDocumentedQuery(
  connection: Connection,
  query: DocumentedQuery,
): Promise<QueryCheck> {
  const { title, sql, workingForm } = query;
  try {
    return { title, sql, outcome: { state: 'answered', answer: await answer(connection, sql) } };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const working =
      workingForm === undefined
        ? undefined
        : { sql: workingForm, answer: await answer(connection, workingForm) };
    return {
      title,
      sql,
      outcome: { state: 'refused', message: error.message, workingForm: working },
    };
  }
}

async function answer(connection: Connection, sql: string): Promise<QueryAnswer> {
  const { fields, rows } = await connection.query<(string | null)[]>({ text: sql, rowMode: 'array' });
  return { columns: fields.map(({ name }) => name), rows };
}
