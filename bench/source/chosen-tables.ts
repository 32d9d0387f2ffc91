import { UsageError } from '../model/errors.ts';
import type { SourceTable } from './source-tables.ts';

/** Which tables to copy the rows of. */
export interface TableChoice {
  /** Undefined for all. */
  tables: readonly string[] | undefined;
  exclude: readonly string[];
  /** Of all of them together, without indexes: of larger ones a sample is taken. */
  mostBytes: number;
}

/**
 * Divides the tables of a source into those that are copied and those that stay empty.
 *
 * @param touched by the migration
 * @throws UsageError with every table that does not exist, may not be read, or is needed
 */
export function chooseTables(
  all: readonly SourceTable[],
  touched: readonly string[],
  { tables, exclude }: TableChoice,
): { copied: SourceTable[]; empty: SourceTable[] } {
  const known = new Set(all.map(({ name }) => name));
  const isWanted = ({ name, columns }: SourceTable): boolean =>
    columns.length > 0 &&
    !exclude.includes(name) &&
    (tables === undefined || tables.includes(name) || touched.includes(name));
  const copied = all.filter(isWanted);
  const problems = [
    ...unknown('--tables', tables ?? [], known),
    ...unknown('--exclude', exclude, known),
    ...exclude
      .filter((name) => touched.includes(name))
      .map((name) => `--exclude: the migration is about ${name}; its rows are needed`),
    ...unreadable(copied),
  ];
  if (problems.length > 0) throw new UsageError(problems);
  return { copied, empty: all.filter((table) => !isWanted(table)) };
}

const unknown = (flag: string, names: readonly string[], known: ReadonlySet<string>): string[] =>
  names.filter((name) => !known.has(name)).map((name) => `${flag}: the source has no table ${name}`);

function unreadable(tables: readonly SourceTable[]): string[] {
  const names = tables.filter(({ isReadable }) => !isReadable).map(({ name }) => name);
  if (names.length === 0) return [];
  const list = names.join(',');
  return [
    `--from: this user may not read ${names.join(', ')}; have somebody grant SELECT, or leave them out: --exclude ${list}`,
  ];
}
