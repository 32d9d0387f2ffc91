import type { SnapshotTable } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';

/** Kinds of types without texts, as `format_type` writes them. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['numbers', /^(smallint|integer|bigint|numeric|real|double precision|money|oid)/],
  ['truth values', /^boolean/],
  ['dates and times', /^(date|time|timestamp|interval)/],
  ['UUIDs', /^uuid/],
  ['addresses of networks', /^(inet|cidr|macaddr)/],
  ['ranges', /range/],
  ['geometry', /^(point|line|lseg|box|path|polygon|circle)/],
  ['bits', /^bit/],
];

const OTHERS = 'values of other types without texts, such as enums';

/** What of a snapshot says something though its texts are replaced. */
export function keptInClear(
  tables: readonly SnapshotTable[],
  textColumns: ReadonlySet<string>,
  keptColumns: readonly string[],
): LeftOut[] {
  const byKind = new Map<string, Set<string>>();
  for (const { name, columns } of tables)
    for (const { name: column, type, statistics } of columns) {
      if (!statistics || textColumns.has(`${name}.${column}`)) continue;
      const kind = KINDS.find(([, pattern]) => pattern.test(type))?.[0] ?? OTHERS;
      byKind.set(kind, (byKind.get(kind) ?? new Set()).add(type));
    }
  return [
    ...NAMES_AND_SQL,
    ...[...byKind].map(([object, types]) => ({
      object,
      reason: `of columns of type ${[...types].join(', ')}`,
    })),
    ...keptColumns.map((column) => ({ object: `texts of ${column}`, reason: '--keep-text' })),
  ];
}

const NAMES_AND_SQL: readonly LeftOut[] = [
  { object: 'names', reason: 'of the database, its roles, schemas, tables, columns and indexes' },
  {
    object: 'the SQL of the schema',
    reason: 'as it is written: defaults, CHECKs, predicates, views, functions, with the literals in them',
  },
  { object: 'statements', reason: 'without comments; texts in them are fakes, other literals are kept' },
];
