import { DatabaseError } from 'pg';
import type { QueryAnswer, QueryCheck } from '../model/verification.ts';
import type { Connection } from '../database/connection.ts';

/** A query that a document prints, and the nearest form that works where it does not. */
interface DocumentedQuery {
  title: string;
  sql: string;
  workingForm?: string;
}

/** Runs a query as its document prints it; what PostgreSQL refuses is shown, and the working form run instead. */
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
