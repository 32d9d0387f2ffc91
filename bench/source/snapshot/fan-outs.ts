import type { Connection } from '../../database/connection.ts';
import { quoted, quotedRelation } from '../../model/relation.ts';
import type { FanOut } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';
import { foreignKeys, type ForeignKey } from '../sample/foreign-keys.ts';
import type { SourceTable } from '../source-tables.ts';
import { OWN_STATEMENT } from '../statements/observed.ts';
import { attempt } from './attempt.ts';

/** For the rows of one foreign key: they are read whole. */
const PATIENCE_SECONDS = 120;

const QUANTILES = 100;

export interface FanOuts {
  fanOuts: FanOut[];
  unknown: LeftOut[];
}

/**
 * How many rows refer to a row, of every foreign key between tables that may be read. All rows are counted: a part of the
 * pages has few of the rows that refer to one.
 */
export async function readFanOuts(
  connection: Connection,
  tables: readonly SourceTable[],
  counted: (done: number, total: number) => void,
): Promise<FanOuts> {
  const readable = new Map(
    tables.filter((one) => one.isReadable && !one.asksElsewhere).map((one) => [one.name, one]),
  );
  const keys = (await foreignKeys(connection)).filter(
    ({ table, refersTo }) => readable.has(table) && readable.has(refersTo),
  );
  const found: FanOuts = { fanOuts: [], unknown: [] };
  for (const [at, key] of keys.entries()) {
    counted(at, keys.length);
    const tried = await attempt(connection, { statement_timeout: `${PATIENCE_SECONDS}s` }, () =>
      countedFanOut(connection, key, (name) => readable.get(name)?.isPartitioned ?? false),
    );
    if (tried.state === 'done') found.fanOuts.push(tried.value);
    else
      found.unknown.push({
        object: `rows of ${key.table} by foreign key ${key.name}`,
        reason: reasonOf(tried),
      });
  }
  return found;
}

const reasonOf = (tried: { state: 'too long' } | { state: 'refused'; message: string }): string =>
  `how many refer to one row of the other table is not known: ${
    tried.state === 'too long' ? `counting them took over ${PATIENCE_SECONDS} s` : tried.message
  }`;

async function countedFanOut(
  connection: Connection,
  { table, columns, refersTo, referredColumns }: ForeignKey,
  isPartitioned: (table: string) => boolean,
): Promise<FanOut> {
  // A foreign key is not inherited.
  const only = (name: string): string => `${isPartitioned(name) ? '' : 'ONLY '}${quotedRelation(name)}`;
  const key = columns.map(quoted);
  const { rows } = await connection.query<Record<'parents' | 'referred' | 'children', string>>(`
    SELECT ${OWN_STATEMENT} (SELECT count(*) FROM ${only(refersTo)}) AS parents, count(*) AS referred,
           coalesce(to_json(percentile_disc((
             SELECT array_agg(step / ${QUANTILES}::float8 ORDER BY step) FROM generate_series(0, ${QUANTILES}) AS step
           )) WITHIN GROUP (ORDER BY children)), '[]') AS children
    FROM (SELECT count(*) AS children FROM ${only(table)}
          WHERE ${key.map((column) => `${column} IS NOT NULL`).join(' AND ')}
          GROUP BY ${key.join(', ')}) AS groups`);
  const { parents, referred, children = '[]' } = rows[0] ?? {};
  const share = Number(parents) > 0 ? 1 - Number(referred) / Number(parents) : 0;
  return {
    ...{ table, columns: [...columns], refersTo, referredColumns: [...referredColumns] },
    childlessShare: Math.max(0, share),
    children: JSON.parse(children) as number[],
  };
}
