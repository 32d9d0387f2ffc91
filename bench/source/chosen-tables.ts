import { UsageError } from '../model/errors.ts';
import type { SourceTable } from './source-tables.ts';
import { typedName } from './typed-name.ts';

/** Which tables to copy the rows of. */
export interface TableChoice {
  /** Undefined for all. */
  tables: readonly string[] | undefined;
  exclude: readonly string[];
  /** Of all of them together, without indexes: of larger ones a sample is taken. */
  mostBytes: number;
}

/**
 * Divides the tables of a source into those that are copied and those that stay empty: those that nobody asked for, and
 * those that the role may not read, or that another server has a part of.
 *
 * @param touched by the migration
 * @param searchPath schemas in which names without one are looked up
 * @throws UsageError with every table that does not exist, or is needed and may not be read
 */
export function chooseTables(
  all: readonly SourceTable[],
  touched: readonly string[],
  { tables: wanted, exclude: unwanted }: TableChoice,
  searchPath: readonly string[],
): { copied: SourceTable[]; empty: SourceTable[] } {
  const known = new Set(all.map(({ name }) => name));
  const found = (typed: string): string => typedName(typed, known, searchPath);
  const [tables, exclude] = [wanted?.map(found), unwanted.map(found)];
  const isNeeded = (name: string): boolean => touched.includes(name) || (tables?.includes(name) ?? false);
  const isWanted = ({ name, isReadable, asksElsewhere }: SourceTable): boolean =>
    !exclude.includes(name) && (isNeeded(name) || (tables === undefined && isReadable && !asksElsewhere));
  const copied = all.filter(isWanted);
  const problems = [
    ...unknown('--tables', tables ?? [], known),
    ...unknown('--exclude', exclude, known),
    ...exclude
      .filter((name) => touched.includes(name))
      .map((name) => `--exclude: the migration is about ${name}; its rows are needed`),
    ...mayNotRead(copied.filter(({ isReadable }) => !isReadable).map(({ name }) => name)),
    ...copied
      .filter(({ asksElsewhere }) => asksElsewhere)
      .map(
        ({ name }) =>
          `--from: a part of ${name} is a foreign table, and no other server is asked for rows: measure a copy that has them all`,
      ),
  ];
  if (problems.length > 0) throw new UsageError(problems);
  return { copied, empty: all.filter((table) => !isWanted(table)) };
}

const unknown = (flag: string, names: readonly string[], known: ReadonlySet<string>): string[] =>
  names.filter((name) => !known.has(name)).map((name) => `${flag}: the source has no table ${name}`);

/** Of tables that are needed. */
export const mayNotRead = (names: readonly string[]): string[] =>
  names.map(
    (name) =>
      `--from: this role may not read ${name}, which is needed: GRANT SELECT on it, and USAGE on its schema`,
  );
