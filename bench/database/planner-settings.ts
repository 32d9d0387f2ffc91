import { DatabaseError, escapeIdentifier } from 'pg';
import type { Connection } from './connection.ts';

/**
 * Patterns of the categories in pg_settings that decide which plan is chosen, and with how much memory and how many
 * workers it is carried out.
 */
export const PLANNER_CATEGORIES = ['Query Tuning%', 'Resource Usage%'];

export interface Setting {
  name: string;
  /** With its unit, as SET takes it. */
  value: string;
}

export const valuesOf = (settings: readonly Setting[]): Record<string, string> =>
  Object.fromEntries(settings.map(({ name, value }) => [name, value]));

/** A session in another database, or as another role, begins without them. */
const OF_DATABASE_OR_ROLE = `
  SELECT name, current_setting(name) AS value FROM pg_settings
  WHERE category LIKE ANY ($1) AND context = 'user' AND source IN ('database', 'user', 'database user')`;

/** Planner settings that this session has because of its database or its role. */
export async function settingsOfDatabaseOrRole(connection: Connection): Promise<Record<string, string>> {
  return valuesOf((await connection.query<Setting>(OF_DATABASE_OR_ROLE, [PLANNER_CATEGORIES])).rows);
}

const CATEGORY = `
  SELECT category, category LIKE ANY ($2) AS plans FROM pg_settings WHERE lower(name) = lower($1)`;

/**
 * Why these cannot be set in sessions of this role: a sentence for each that is no planner setting or that PostgreSQL
 * refuses, in its own words.
 *
 * @param admin a session that may become `role`
 * @param role undefined for the session's own
 */
export async function plannerSettingProblems(
  admin: Connection,
  role: string | undefined,
  settings: Readonly<Record<string, string>>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(settings)) {
    const problem = (await nameProblem(admin, name)) ?? (await refusalOf(admin, role, { name, value }));
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

async function nameProblem(admin: Connection, name: string): Promise<string | undefined> {
  const { rows } = await admin.query<{ category: string; plans: string }>(CATEGORY, [
    name,
    PLANNER_CATEGORIES,
  ]);
  const [known] = rows;
  if (!known) return `"${name}" is no setting of this server`;
  if (known.plans === 't') return undefined;
  return `"${name}" decides no plans; its category is "${known.category}", and only those of "Query Tuning" and "Resource Usage" can be set`;
}

async function refusalOf(
  admin: Connection,
  role: string | undefined,
  { name, value }: Setting,
): Promise<string | undefined> {
  await admin.query('BEGIN');
  try {
    if (role !== undefined) await admin.query(`SET LOCAL ROLE ${escapeIdentifier(role)}`);
    await admin.query('SELECT set_config($1, $2, true)', [name, value]);
    return undefined;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
  } finally {
    await admin.query('ROLLBACK');
  }
}
