import type { LeftOutStatement, ReplayableStatement } from './source-statement.ts';

/** A statement that runs with one of its keys is measured; one that runs with none is left out once. */
export function withoutAnyKey(
  failed: readonly LeftOutStatement[],
  sound: readonly ReplayableStatement[],
): LeftOutStatement[] {
  const measured = new Set(sound.map(({ sql }) => sql));
  const bySql = new Map<string, LeftOutStatement>();
  for (const one of failed) {
    const share = one.share + (bySql.get(one.sql)?.share ?? 0);
    if (!measured.has(one.sql)) bySql.set(one.sql, { ...one, share });
  }
  return [...bySql.values()];
}

/** Where a statement runs with some of its keys, these stand for all of its calls. */
export function withWholeWeight(
  sound: readonly ReplayableStatement[],
  all: readonly ReplayableStatement[],
): ReplayableStatement[] {
  const [measured, observed] = [sumsBySql(sound), sumsBySql(all)];
  return sound.map((one) => {
    const [part = 0, whole = 0] = [measured.get(one.sql), observed.get(one.sql)];
    const factor = part > 0 ? whole / part : 1;
    return { ...one, weight: one.weight * factor, share: one.share * factor };
  });
}

/** Both fall to the keys of a statement in the same parts, and either may be 0 for all of them. */
function sumsBySql(statements: readonly ReplayableStatement[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { sql, share, weight } of statements) sums.set(sql, (sums.get(sql) ?? 0) + share + weight);
  return sums;
}
