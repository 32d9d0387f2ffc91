import { createHash } from 'node:crypto';
import type { Connection } from '../database/connection.ts';
import type { PerArm } from '../model/arm.ts';
import type { AnswerComparison, Answers } from '../model/counters.ts';
import { ItemError } from '../model/errors.ts';
import { queryOf, type Statement } from './statement.ts';
import { parse } from 'libpg-query';

/** The answer of a statement: column names, and rows of text. */
export interface Answer {
  columns: readonly string[];
  rows: readonly (readonly (string | null)[])[];
}

/**
 * Compares the answers of both arms.
 *
 * @throws ItemError when the answers differ: an index must not change an answer
 */
export async function compareAnswers(
  statement: Statement,
  connections: PerArm<Connection>,
): Promise<Answers> {
  const before = await answerOf(connections.before, statement);
  const after = await answerOf(connections.after, statement);
  const shape = await selectShape(statement.sql);
  const comparison = comparisonOf(before, after, shape);
  if (comparison === 'different') throw new ItemError(CHANGED);
  const common = comparison === 'same' ? multiset(after) : sortKeys(after, shape);
  return { comparison, sha256: createHash('sha256').update(common).digest('hex') };
}

/** Of two copies of the same rows. */
export const CHANGED =
  'the candidate changes the answer of this read; if it uses an index that is documented as approximate, name the read with --approximate, and its recall is reported';

export async function answerOf(connection: Connection, statement: Statement): Promise<Answer> {
  const { fields, rows } = await connection.query<(string | null)[]>(queryOf(statement));
  return { columns: fields.map(({ name }) => name), rows };
}

/**
 * Two answers are equal when they have the same rows and the sort columns have the same sequence: rows that tie may
 * change places. Where a limit cuts through a tie, different rows of the tie may be returned.
 */
export function comparisonOf(
  before: Answer,
  after: Answer,
  shape: SelectShape,
): AnswerComparison | 'different' {
  if (before.rows.length !== after.rows.length) return 'different';
  if (sortKeys(before, shape) !== sortKeys(after, shape)) return 'different';
  if (multiset(before) === multiset(after)) return 'same';
  return shape.isLimited ? 'ties differ' : 'different';
}

function sortKeys({ columns, rows }: Answer, { sortColumns }: SelectShape): string {
  const sorted = sortColumns.map((name) => columns.indexOf(name)).filter((position) => position >= 0);
  return JSON.stringify(rows.map((row) => sorted.map((position) => row[position])));
}

const multiset = (answer: Answer): string => JSON.stringify(rowTexts(answer).sort());

/** A text for each row, the same for the same values. */
export const rowTexts = ({ rows }: Answer): string[] => rows.map((row) => JSON.stringify(row));

/** What a SELECT promises about the order and the number of its rows. */
interface SelectShape {
  /** Names of the plain columns that it sorts by. */
  sortColumns: string[];
  isLimited: boolean;
}

/** The parts of the parse tree that are used. A statement of another kind has none of them. */
interface ParsedStatement {
  SelectStmt?: {
    sortClause?: { SortBy: { node?: { ColumnRef?: { fields?: { String?: { sval?: string } }[] } } } }[];
    limitCount?: unknown;
  };
}

/** Reads PostgreSQL's own parse tree. A statement that the parser does not know promises nothing. */
export async function selectShape(sql: string): Promise<SelectShape> {
  const parsed = await parse(sql).catch(() => undefined);
  const statement = parsed?.stmts?.[0]?.stmt as ParsedStatement | undefined;
  const sort = statement?.SelectStmt?.sortClause ?? [];
  return {
    sortColumns: sort.flatMap(({ SortBy: { node } }) => node?.ColumnRef?.fields?.at(-1)?.String?.sval ?? []),
    isLimited: statement?.SelectStmt?.limitCount !== undefined,
  };
}
