import { NAME } from './out-of-reach.ts';

/** Who carries out a statement of a dump; nobody where the restored database does without what it says. */
export type StatementRole = 'owner' | 'superuser' | 'nobody';

/** Owners, privileges, comments, large objects, and what lies outside of a database: no source gives those to its copy either. */
const NOBODYS: readonly RegExp[] = [
  new RegExp(String.raw`^ALTER\s[^]*\sOWNER\s+TO\s+${NAME}\s*;$`, 'i'),
  /^(?:GRANT|REVOKE|COMMENT\s+ON|SECURITY\s+LABEL|ALTER\s+DEFAULT\s+PRIVILEGES)\s/i,
  /^(?:CREATE|ALTER|DROP)\s+(?:DATABASE|ROLE|USER|TABLESPACE)\s/i,
  /^ALTER\s+(?:EVENT\s+TRIGGER|PUBLICATION|SUBSCRIPTION|SERVER|FOREIGN\s+DATA\s+WRAPPER|EXTENSION)\s/i,
  /^(?:RE)?SET\s+(?:SESSION\s+AUTHORIZATION|ROLE|default_tablespace)\b/i,
  /^SELECT\s+(?:pg_catalog\.)?lo(?:_\w+|write)\s*\(/i,
];

/** Only a superuser makes these, and nothing of the dump's is run by it. All else a dump does with the rights of an owner. */
const SUPERUSERS = /^(?:CREATE(?:\s+OR\s+REPLACE)?|ALTER)\s+(?:OPERATOR\s+(?:CLASS|FAMILY)|AGGREGATE)\s/i;

/** What pg_dump writes before its extensions. It makes nothing that the script of an extension could run. */
const BEFORE_EXTENSIONS: readonly RegExp[] = [
  /^SET\s/i,
  /^(?:DROP|ALTER)\s/i,
  /^SELECT\s+pg_catalog\.set_config\('search_path', '', false\);$/i,
  new RegExp(String.raw`^CREATE\s+SCHEMA\s+(?:IF\s+NOT\s+EXISTS\s+)?${NAME}\s*;$`, 'i'),
];

/**
 * @param isUntouched whether the owner has made nothing yet: only then is an extension made by a superuser, whose rights its
 *   script has
 */
export function roleFor(sql: string, isUntouched: boolean): StatementRole {
  if (NOBODYS.some((kind) => kind.test(sql))) return 'nobody';
  if (/^CREATE\s+EXTENSION\s/i.test(sql)) return isUntouched ? 'superuser' : 'owner';
  return SUPERUSERS.test(sql) ? 'superuser' : 'owner';
}

/** Whether a database in which the owner had made nothing is still such a one. */
export const leavesUntouched = (sql: string): boolean =>
  roleFor(sql, true) !== 'owner' || BEFORE_EXTENSIONS.some((kind) => kind.test(sql));

/** A relation, something else, a function, a schema. */
const MISSING = ['42P01', '42704', '42883', '3F000'];

/** Failures that leave nothing out, by what fails and PostgreSQL's code. */
const HARMLESS: readonly { sql: RegExp; codes: readonly string[] | 'any' }[] = [
  // A setting of another major.
  { sql: /^SET\s/i, codes: 'any' },
  // pg_dump --clean: there is nothing to be dropped yet, and no view to be freed of what it needs.
  { sql: /^(?:DROP|ALTER\s[^]*\sDROP)\s/i, codes: MISSING },
  { sql: /^CREATE\s+OR\s+REPLACE\s+VIEW\s[^]*\sAS\s+SELECT\s+NULL::/i, codes: MISSING },
  // A new database has the schema public.
  { sql: /^CREATE\s+SCHEMA\s/i, codes: ['42P06'] },
];

/** @param code of PostgreSQL's error */
export const isHarmless = (sql: string, code: string | undefined): boolean =>
  HARMLESS.some((one) => one.sql.test(sql) && (one.codes === 'any' || one.codes.includes(code ?? '')));
