import { DatabaseError, escapeIdentifier } from 'pg';
import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';
import type { Login } from './login.ts';

/** How to log in where pg_stat_statements can be read, or else why it cannot be, in a sentence's words. */
interface StatisticsLogin {
  login: Login;
  refusal: string | undefined;
}

const EXTENSION = `
  SELECT nspname AS schema FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace
  WHERE extname = 'pg_stat_statements'`;

/** Looks for the extension in somebody's database, in which nothing is installed. @param login leads to that of the session */
export async function installedStatistics(connection: Connection, login: Login): Promise<StatisticsLogin> {
  const [found] = await askCatalog<{ schema: string }>(connection, EXTENSION);
  if (!found) return { login, refusal: 'the database does not have the extension pg_stat_statements' };
  const schema = escapeIdentifier(found.schema);
  const search_path = `pg_catalog, ${schema}, pg_temp`;
  return {
    login: { ...login, settings: { ...login.settings, search_path } },
    refusal: await refusalOf(connection, schema),
  };
}

async function refusalOf(connection: Connection, schema: string): Promise<string | undefined> {
  try {
    await connection.query(`SELECT FROM ${schema}.pg_stat_statements(false) LIMIT 1`);
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError) return error.message;
    throw error;
  }
}
