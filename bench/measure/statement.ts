import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Parameter } from '../model/work-item.ts';

/** A statement as it is sent: parsed and planned each time, or prepared once under a name. */
export interface Statement {
  sql: string;
  parameters: readonly Parameter[];
  name?: string;
}

/** The query for the client. Rows are arrays: no time goes into making objects. */
export const queryOf = ({ sql, parameters, name }: Statement) => ({
  text: sql,
  values: [...parameters],
  rowMode: 'array' as const,
  ...(name !== undefined && { name }),
});

/** The statement to be explained. A prepared one is named, and has to be known in the session. */
export function explainable({ sql, parameters, name }: Statement): {
  text: string;
  values: Parameter[];
} {
  if (name === undefined) return { text: sql, values: [...parameters] };
  const values = parameters.map((value) => (value === null ? 'NULL' : escapeLiteral(String(value))));
  const list = values.length > 0 ? `(${values.join(', ')})` : '';
  return { text: `EXECUTE ${escapeIdentifier(name)}${list}`, values: [] };
}

/** COPY has no plan, and takes no parameters. */
export const isCopy = (sql: string): boolean => /^\s*COPY\b/i.test(sql);
