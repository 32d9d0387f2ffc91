import type { Connection } from './connection.ts';
import type { Parameter } from '../model/work-item.ts';

/** The rows of a query, as text. */
export type AskRows = (
  connection: Connection,
  sql: string,
  parameters?: readonly Parameter[],
) => Promise<(string | null)[][]>;

/** The extended protocol accepts one statement only. */
export const askRows: AskRows = async (connection, text, values = []) => {
  const query = { text, values: [...values], rowMode: 'array' as const, queryMode: 'extended' };
  return (await connection.query<(string | null)[]>(query)).rows;
};

/**
 * Asks each query once, of whatever copy: before anything writes to them, all have the same rows. Queries for keys and
 * targets read whole tables.
 */
export function askingOnce(): AskRows {
  const known = new Map<string, Promise<(string | null)[][]>>();
  return (connection, sql, parameters = []) => {
    const question = JSON.stringify([sql, parameters]);
    const asked = known.get(question) ?? askRows(connection, sql, parameters);
    known.set(question, asked);
    asked.catch(() => known.delete(question));
    return asked;
  };
}
