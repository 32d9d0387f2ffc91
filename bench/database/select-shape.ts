import { parse } from 'libpg-query';

/** What a SELECT promises about the order and the number of its rows. */
export interface SelectShape {
  /** Names of the plain columns that it sorts by. */
  sortColumns: string[];
  isLimited: boolean;
}

/** The parts of the parse tree that are looked at; a statement of another kind has none of them. */
interface ParsedStatement {
  SelectStmt?: {
    sortClause?: { SortBy: { node?: { ColumnRef?: { fields?: { String?: { sval?: string } }[] } } } }[];
    limitCount?: unknown;
  };
}

/** Read off PostgreSQL's own parse tree; a statement that the parser does not know promises nothing. */
export async function selectShape(sql: string): Promise<SelectShape> {
  const parsed = await parse(sql).catch(() => undefined);
  const statement = parsed?.stmts?.[0]?.stmt as ParsedStatement | undefined;
  const sort = statement?.SelectStmt?.sortClause ?? [];
  return {
    sortColumns: sort.flatMap(({ SortBy: { node } }) => node?.ColumnRef?.fields?.at(-1)?.String?.sval ?? []),
    isLimited: statement?.SelectStmt?.limitCount !== undefined,
  };
}
