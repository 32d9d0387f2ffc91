/** Executions of an UPDATE before it begins again. */
export const UPDATES = 5_000;

/** Executions of an INSERT or a DELETE, after which there is nothing new to write, or nothing left. */
export const ONCE_ONLY = 20_000;

/** An order of rows that has nothing to do with their values. */
export const spreadOrder = (alias: string): string => `hashtext(${alias}.ctid::text)`;

/** The same, with the rows for which a condition holds behind all others. */
export const spreadOrderWithLast = (alias: string, condition: string): string =>
  `${spreadOrder(alias)}::bigint + CASE WHEN ${condition} THEN ${2 ** 32} ELSE 0 END`;

/** SQL for the values of `$1`, `$2`, ... of one execution: a JSON array of texts and nulls. */
export const jsonArray = (values: readonly string[]): string =>
  `json_build_array(${values.map((value) => `(${value})::text`).join(', ')})::text`;
