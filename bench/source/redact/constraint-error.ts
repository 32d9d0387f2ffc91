import { DatabaseError } from 'pg';
import { RunError } from '../../model/errors.ts';
import { relationText } from '../../model/relation.ts';
import type { Redaction } from './redaction.ts';

/** PostgreSQL manual, appendix A: a value that a type does not take, and a constraint that does not hold. */
const OF_VALUES = /^2[23]/;

/** What loading a schema or rows failed with; of a fake that the schema does not take, with what to do about it. */
export function constraintError(error: unknown, redaction: Redaction | undefined): unknown {
  const cause = databaseErrorIn(error);
  if (!redaction || !(error instanceof RunError) || !OF_VALUES.test(cause?.code ?? '')) return error;
  const { schema, table: name, constraint } = cause ?? {};
  const table = schema !== undefined && name !== undefined ? relationText({ schema, name }) : undefined;
  const columns = table === undefined ? [] : [...(redaction.columns.get(table)?.keys() ?? [])];
  const what =
    constraint === undefined ? 'the schema' : `the constraint ${constraint} of ${table ?? 'a table'}`;
  return new RunError(error.message, {
    ...(error.detail !== undefined && { detail: error.detail }),
    remedy: [
      `Fakes stand in the places of texts (--redact), and ${what} does not take one.`,
      `Keep the texts of its column: --keep-text ${table ?? 'TABLE'}.${columns.length === 1 ? columns[0] : 'COLUMN'}; or leave the table out: --exclude ${table ?? 'TABLE'}.`,
    ].join('\n'),
    cause: error,
  });
}

function databaseErrorIn(error: unknown): DatabaseError | undefined {
  if (error instanceof DatabaseError) return error;
  return error instanceof Error ? databaseErrorIn(error.cause) : undefined;
}
