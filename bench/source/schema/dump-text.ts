import { parse, type Node } from 'libpg-query';
import { escapeLiteral } from 'pg';
import { RunError } from '../../model/errors.ts';
import { asScript, WHERE_SUPPORTED } from './source-schema.ts';

/**
 * What pg_dump has printed, for sessions of ours: without psql's commands, without settings that outlive the transaction,
 * and without what is left out of every schema.
 *
 * @throws RunError when PostgreSQL's parser does not understand it
 */
export async function scriptOfDump(dump: string): Promise<string> {
  const bytes = Buffer.from(withoutRestrictions(dump));
  const { stmts = [] } = await parse(bytes.toString()).catch((cause: unknown) => {
    throw new RunError('What pg_dump has printed cannot be read', {
      detail: `  ${(cause as Error).message}`,
      remedy: "Put the pg_dump of the source's major first: a later one may print what is not known here.",
      cause,
    });
  });
  return asScript(
    stmts.flatMap(({ stmt, stmt_location: start = 0, stmt_len: length }) =>
      stmt ? kept(stmt, { bytes, start, end: length ? start + length : bytes.length }) : [],
    ),
  );
}

/** Lines that keep psql from running commands in a dump, each with the same random word (pg_dump 15.14, 16.10 and 17.6). */
function withoutRestrictions(dump: string): string {
  const [, word] = /^\\restrict (\w+)$/m.exec(dump) ?? [];
  return word === undefined ? dump : dump.replaceAll(new RegExp(`^\\\\(un)?restrict ${word}$`, 'gm'), '');
}

/** Part of the dump, in bytes: the parser counts those. */
interface Extent {
  bytes: Buffer;
  start: number;
  end: number;
}

const textOf = ({ bytes, start, end }: Extent): string => bytes.subarray(start, end).toString();

const LEFT_OUT = [
  'CreateEventTrigStmt',
  'AlterEventTrigStmt',
  'CreateFdwStmt',
  'CreateForeignServerStmt',
  'CreateUserMappingStmt',
  // The only query that a schema has sets search_path.
  'SelectStmt',
];

function kept(statement: Node, extent: Extent): string[] {
  if ('VariableSetStmt' in statement) return keptSetting(statement.VariableSetStmt.name, extent);
  if (LEFT_OUT.some((type) => type in statement)) return [];
  if ('CreatePolicyStmt' in statement) return [forEverybody(statement.CreatePolicyStmt.roles ?? [], extent)];
  const text = withoutComments(textOf(extent));
  if ('CreateSchemaStmt' in statement)
    return [text.replace(/^CREATE SCHEMA /, 'CREATE SCHEMA IF NOT EXISTS ')];
  return [setsCompression(statement) ? whereSupported(text) : text];
}

const setsCompression = (statement: Node): boolean =>
  'AlterTableStmt' in statement &&
  (statement.AlterTableStmt.cmds ?? []).some(
    (command) => 'AlterTableCmd' in command && command.AlterTableCmd.subtype === 'AT_SetCompression',
  );

const whereSupported = (text: string): string =>
  `DO ${escapeLiteral(WHERE_SUPPORTED.replace('%s', () => text))}`;

/** Tables that follow have this access method. All other settings are the same for every dump. */
const keptSetting = (name: string | undefined, extent: Extent): string[] =>
  name === 'default_table_access_method'
    ? [withoutComments(textOf(extent)).replace(/^SET /, 'SET LOCAL ')]
    : [];

const withoutComments = (text: string): string => text.replace(/^(?:\s+|--[^\n]*(?:\n|$))+/, '');

/** Names of roles with commas between, as pg_dump writes them. */
const ROLES = /^(?:(?:"(?:[^"]|"")*"|[^\s",]+)(?:, )?)+/;

/** A policy for everybody: the roles that it names are not carried over. */
function forEverybody(roles: readonly Node[], { bytes, start, end }: Extent): string {
  const [first] = roles;
  const from = first && 'RoleSpec' in first ? first.RoleSpec.location : undefined;
  if (from === undefined || from < start) return withoutComments(textOf({ bytes, start, end }));
  const before = withoutComments(textOf({ bytes, start, end: from }));
  return before + textOf({ bytes, start: from, end }).replace(ROLES, 'PUBLIC');
}
