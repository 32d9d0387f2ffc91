import { DatabaseError } from 'pg';
import { RunError } from '../../model/errors.ts';
import type { MigrationTool } from './tool.ts';

/** A migration that has failed. */
interface FailedMigration {
  name: string;
  /** Whose own tables are no part of any migration; undefined for a file by itself. */
  tool: MigrationTool | undefined;
  /** What it was applied to: the migrations before it, or the schema of a source, which may lack some of them. */
  schemaOf: 'migrations' | 'source';
}

/**
 * Adds to the failure of a migration what it needs that a database without rows has not.
 *
 * @returns the error as it was where it fails for another reason
 */
export function namingNeed(error: unknown, { name, tool, schemaOf }: FailedMigration): unknown {
  if (!(error instanceof RunError) || !(error.cause instanceof DatabaseError)) return error;
  const isBehind = tool !== undefined && schemaOf === 'source' && UNDEFINED.includes(error.cause.code ?? '');
  const isFirst = schemaOf === 'migrations';
  const need =
    ownTableNeeded(error.cause, tool) ??
    (isFirst ? madeElsewhere(error.cause) : undefined) ??
    (isBehind ? EARLIER : rowsNeeded(error.cause));
  if (need === undefined) return error;
  const { message, detail, remedy, cause } = error;
  return new RunError(message, {
    detail: [...(detail === undefined ? [] : [detail]), `  ${name} ${need}`].join('\n'),
    ...(remedy !== undefined && { remedy }),
    cause,
  });
}

const UNDEFINED_TABLE = '42P01';

/** A table, a column, an object. */
const UNDEFINED = [UNDEFINED_TABLE, '42703', '42704'];

const EARLIER =
  'may need migrations before it that the source does not have: --candidate takes the first that it lacks';

function ownTableNeeded({ code, message }: DatabaseError, tool?: MigrationTool): string | undefined {
  if (code !== UNDEFINED_TABLE) return undefined;
  const own = tool?.ownTables.find((table) => message.includes(table));
  return own && `needs ${own}, which ${tool?.title} makes for itself: no migration does`;
}

/** What a role, schema or extension is called in PostgreSQL's message, by the code of its error. */
const MISSING: Readonly<Record<string, RegExp>> = {
  '42704': /^(role ".+") does not exist/,
  '3F000': /^(schema ".+") does not exist/,
  '0A000': /^(extension ".+") is not available/,
};

const INSUFFICIENT_PRIVILEGE = '42501';

/** What an empty database of ours does not have, and one of a hosting service may. */
function madeElsewhere({ code = '', message }: DatabaseError): string | undefined {
  if (code === INSUFFICIENT_PRIVILEGE) return 'needs a right that the owner of a database does not have';
  const [, what] = MISSING[code]?.exec(message) ?? [];
  return what && `needs ${what}, which no migration before it makes: a hosting service may have it`;
}

/** What PL/pgSQL raises, a NULL or a missing row that a key refers to (PostgreSQL manual, appendix A). */
const FOR_WANT_OF_ROWS = ['P0001', 'P0002', 'P0004', '22004', '23502', '23503'];

const rowsNeeded = ({ code = '' }: DatabaseError): string | undefined =>
  FOR_WANT_OF_ROWS.includes(code)
    ? 'seems to need rows: it was applied to tables without any, but for those that migrations insert'
    : undefined;
