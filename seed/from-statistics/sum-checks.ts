import type { TableCheck } from '../../bench/model/snapshot.ts';

/** A column that is the sum of others in every row. */
export interface Sum {
  column: string;
  terms: readonly string[];
}

const NAME = String.raw`(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_]*)`;
const SUM = String.raw`\((${NAME}) = \(*(${NAME}(?:\)? \+ ${NAME})+)\)`;
const WHOLE = new RegExp(String.raw`^\(*(?:.* AND \(*)?${SUM}`, 's');

const unquoted = (name: string): string =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;

/** The sum that a condition asks for, beside what else it asks for by AND. */
export function sumIn({ sql }: TableCheck): Sum | undefined {
  if (/ (?:OR|CASE) /.test(sql)) return undefined;
  const [, column, terms] = WHOLE.exec(sql) ?? [];
  if (column === undefined || terms === undefined) return undefined;
  return { column: unquoted(column), terms: terms.split(/\)? \+ /).map(unquoted) };
}
