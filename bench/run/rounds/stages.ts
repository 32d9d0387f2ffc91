/** What exists at the same time. */
export interface Limits {
  copies: number;
  sessions: number;
}

/** Groups that are measured together, in the given order: as many at a time as the limits allow, at least one. */
export function stagesOf<Group extends Limits>(groups: readonly Group[], limits: Limits): Group[][] {
  return groups.reduce<Group[][]>((stages, group) => {
    const last = stages.at(-1);
    if (!last || !fits([...last, group], limits)) return [...stages, [group]];
    return [...stages.slice(0, -1), [...last, group]];
  }, []);
}

const fits = (groups: readonly Limits[], limits: Limits): boolean =>
  (['copies', 'sessions'] as const).every(
    (kind) => groups.reduce((sum, group) => sum + group[kind], 0) <= limits[kind],
  );
