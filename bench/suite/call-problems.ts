const KINDS = ['reads', 'writes'] as const;

/**
 * What is wrong with weights that are to be calls per hour: nobody makes one up, and nothing else divides the statements.
 *
 * @param exported a suite, whatever it is
 */
export function callProblems(exported: unknown): string[] {
  if (!isRecord(exported) || exported.weightsAre !== 'calls per hour') return [];
  const unweighed = KINDS.flatMap((kind) => unweighedIn(exported, kind));
  return isDivided(exported)
    ? [...unweighed, 'mix: is what the calls per hour make it; leave it out, and the weights say it']
    : unweighed;
}

const unweighedIn = (suite: Readonly<Record<string, unknown>>, kind: (typeof KINDS)[number]): string[] =>
  itemsIn(suite, kind).flatMap((item, position) =>
    isRecord(item) && item.workload !== 'full' && item.weight === undefined
      ? [`${kind}[${position}].weight: is missing; weights are calls per hour: it takes how many, 0 or more`]
      : [],
  );

/** A complete suite has the mix that its weights make. */
function isDivided(suite: Readonly<Record<string, unknown>>): boolean {
  const { mix } = suite;
  return isRecord(mix) && KINDS.some((kind) => mix[kind] !== callsIn(suite, kind));
}

const callsIn = (suite: Readonly<Record<string, unknown>>, kind: (typeof KINDS)[number]): number =>
  itemsIn(suite, kind).reduce<number>(
    (sum, item) => sum + (isRecord(item) ? Number(item.weight ?? 0) : 0),
    0,
  );

function itemsIn(suite: Readonly<Record<string, unknown>>, kind: (typeof KINDS)[number]): unknown[] {
  const items = suite[kind];
  return Array.isArray(items) ? (items as unknown[]) : [];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
