/** Who carries out a statement of a dump; nobody where the restored database does without what it says. */
export type StatementRole = 'owner' | 'superuser' | 'nobody';

const NAME = String.raw`(?:"(?:[^"]|"")*"|[^\s";]+)`;

/** Owners, privileges, comments, large objects, and what lies outside of a database: no source gives those to its copy either. */
const NOBODYS: readonly RegExp[] = [
  new RegExp(String.raw`^ALTER\s[^]*\sOWNER\s+TO\s+${NAME}\s*;$`, 'i'),
  /^(?:GRANT|REVOKE|COMMENT\s+ON|SECURITY\s+LABEL|ALTER\s+DEFAULT\s+PRIVILEGES)\s/i,
  /^(?:CREATE|ALTER|DROP)\s+(?:DATABASE|ROLE|USER|TABLESPACE)\s/i,
  /^(?:RE)?SET\s+(?:SESSION\s+AUTHORIZATION|ROLE|default_tablespace)\b/i,
  /^SELECT\s+(?:pg_catalog\.)?lo(?:_\w+|write)\s*\(/i,
];

/** Of these kinds only a superuser makes each. All else a dump does with the rights of a database's owner. */
const SUPERUSERS =
  /^(?:CREATE(?:\s+OR\s+REPLACE)?|ALTER)\s+(?:EXTENSION|SERVER|FOREIGN|PUBLICATION|SUBSCRIPTION|EVENT\s+TRIGGER|OPERATOR\s+(?:CLASS|FAMILY)|AGGREGATE|(?:TRUSTED\s+|PROCEDURAL\s+)*LANGUAGE)\s/i;

export function roleFor(sql: string): StatementRole {
  if (NOBODYS.some((kind) => kind.test(sql))) return 'nobody';
  return SUPERUSERS.test(sql) ? 'superuser' : 'owner';
}

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
