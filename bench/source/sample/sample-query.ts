import { escapeIdentifier } from 'pg';
import { quotedRelation } from '../../model/relation.ts';
import type { ForeignKey } from './foreign-keys.ts';
import type { SamplePlan } from './sample-plan.ts';

/** A query for the columns of the rows of one table that a sample has; undefined where it has all of them. */
export function sampleQuery(table: string, columns: readonly string[], plan: SamplePlan): string | undefined {
  if (plan.drawings.get(table)?.state === 'whole') return undefined;
  const list = columns.map((column) => `drawn.${escapeIdentifier(column)}`).join(', ');
  return `SELECT ${list} FROM ${quotedRelation(table)} AS drawn WHERE (drawn.tableoid, drawn.ctid) IN (${placesOf(table, plan)})`;
}

/** The places of all rows of a table that are copied: those that are drawn, and those that copied rows refer to. */
function placesOf(table: string, plan: SamplePlan): string {
  const referring = plan.keys.filter(({ refersTo }) => refersTo === table);
  return [drawnPlaces(table, plan), ...referring.map((key) => referredPlaces(key, plan))].join(' UNION ALL ');
}

function drawnPlaces(table: string, plan: SamplePlan): string {
  const relation = quotedRelation(table);
  const drawing = plan.drawings.get(table);
  if (drawing?.state !== 'with')
    return `SELECT t.tableoid, t.ctid FROM ${relation} AS t WHERE ${isDrawn('t.ctid', plan)}`;
  const { key } = drawing;
  const [own, referred] = [tuple('t', key.columns), tuple('p', key.referredColumns)];
  const isNull = key.columns.map((column) => `t.${escapeIdentifier(column)} IS NULL`).join(' OR ');
  return `SELECT t.tableoid, t.ctid FROM ${relation} AS t WHERE ${own} IN (
      SELECT ${referred.slice(1, -1)} FROM ${quotedRelation(key.refersTo)} AS p
      WHERE (p.tableoid, p.ctid) IN (${drawnPlaces(key.refersTo, plan)}))
    UNION ALL SELECT t.tableoid, t.ctid FROM ${relation} AS t WHERE (${isNull}) AND ${isDrawn('t.ctid', plan)}`;
}

/** The rows that copied rows of another table refer to. */
function referredPlaces(key: ForeignKey, plan: SamplePlan): string {
  const child = quotedRelation(key.table);
  const isWhole = plan.drawings.get(key.table)?.state === 'whole';
  const copied = isWhole ? '' : ` WHERE (c.tableoid, c.ctid) IN (${placesOf(key.table, plan)})`;
  return `SELECT p.tableoid, p.ctid FROM ${quotedRelation(key.refersTo)} AS p WHERE ${tuple('p', key.referredColumns)} IN (
      SELECT ${tuple('c', key.columns).slice(1, -1)} FROM ${child} AS c${copied})`;
}

const tuple = (alias: string, columns: readonly string[]): string =>
  `(${columns.map((column) => `${alias}.${escapeIdentifier(column)}`).join(', ')})`;

/** Evenly over the table, and the same rows in every query of the snapshot. */
const isDrawn = (place: string, { share }: SamplePlan): string =>
  `(hashtext(${place}::text)::bigint + 2147483648) < ${Math.round(share * 2 ** 32)}`;
