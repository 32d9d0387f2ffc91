import type { Claim, JudgedRun } from '../../../suite/claim.ts';
import { documentedIndexes } from '../documented.ts';
import { byRows, judged, notMeasurable, shareVerdict } from './evidence.ts';
import { columnsOf, groups, type GroupedIndex } from './groups.ts';

/** Judges by the indexes that the candidate was seen to build. */
const byIndexes =
  (judge: (indexes: JudgedRun['candidate']['indexes']) => ReturnType<Claim['judge']>): Claim['judge'] =>
  ({ candidate: { indexes } }) =>
    indexes.length > 0 ? judge(indexes) : [notMeasurable('this run ended before the candidate was applied')];

const total = (id: string, section: string, quote: string): Claim => ({
  id,
  section,
  quote,
  confirmedBy: 'the candidate adds 19 indexes',
  judge: byIndexes(({ length }) => [judged(length === 19, `the candidate adds ${length}`)]),
});

const ofGroup = (
  quote: string,
  id: string,
  expected: number,
  what: string,
  group: readonly GroupedIndex[],
): Claim => ({
  id,
  section: 'Total Indexes Added: 19',
  quote,
  confirmedBy: `${expected} of the indexes that the candidate adds ${what}`,
  judge: byIndexes((indexes) => {
    const added = group.filter(({ name, columns }) =>
      indexes.some((index) => index.name === name && columnsOf(index.definition).join() === columns.join()),
    );
    return [
      judged(added.length === expected, `${added.length} of the ${indexes.length} indexes added ${what}`),
    ];
  }),
});

const applied: Claim = {
  id: 'applied',
  section: 'Overview',
  quote: 'Successfully applied and verified',
  confirmedBy: 'the candidate applies without an error, and each of its indexes is defined as documented',
  judge: byIndexes((indexes) => {
    const right = documentedIndexes.filter(({ name, definition }) =>
      indexes.some((index) => index.name === name && index.definition === definition),
    );
    return [
      judged(
        right.length === documentedIndexes.length,
        `it applied, and ${right.length} of ${documentedIndexes.length} indexes are as documented`,
      ),
    ];
  }),
};

const allModels: Claim = {
  id: 'all-models',
  section: 'Overview',
  quote: 'across all models in the Sales Agent application',
  confirmedBy: 'every table of the schema gets an index',
  probe: ["SELECT count(*) AS tables FROM pg_tables WHERE schemaname = 'public'"],
  judge: (found, answers) =>
    byRows(([row]) => {
      const tables = Number(row?.tables);
      const indexed = new Set(found.candidate.indexes.map(({ table }) => table)).size;
      const verdict = indexed === tables ? 'confirmed' : 'refuted';
      return [{ text: `${indexed} of ${tables} tables get an index`, verdict }];
    })(found, answers),
};

const bTree: Claim = {
  id: 'b-tree',
  section: 'Index Type: B-tree',
  quote: "All indexes use PostgreSQL's default **B-tree** index type",
  confirmedBy: 'the catalog says btree for each index that the candidate adds',
  judge: byIndexes((indexes) => {
    const trees = indexes.filter(({ definition }) => definition.includes(' USING btree ')).length;
    return [judged(trees === indexes.length, `${trees} of ${indexes.length} are B-trees`)];
  }),
};

const naming: Claim = {
  id: 'naming',
  section: '5. Index Naming Convention',
  quote: '**Consistent naming**: `ix_<table>_<column(s)>`',
  confirmedBy:
    'each name is ix_, the table and all of its columns, joined by underscores; partly, when some are',
  judge: byIndexes((indexes) => {
    const others = indexes.filter(
      ({ name, table, definition }) => name !== ['ix', table, ...columnsOf(definition)].join('_'),
    );
    const withoutTable = others.filter(({ name, table }) => !name.startsWith(`ix_${table}_`));
    const right = indexes.length - others.length;
    const text = [
      `${right} of ${indexes.length} follow it`,
      ...(others.length > 0
        ? [`not ${others.map(({ name }) => name).join(', ')}, which shorten column names`]
        : []),
      ...(withoutTable.length > 0
        ? [`and the table's, too, in ${withoutTable.map(({ name }) => name).join(' and ')}`]
        : []),
    ].join('; ');
    return [{ text, verdict: shareVerdict(right, indexes.length) }];
  }),
};

/** How many indexes there are said to be, of what kind and by what name. */
export const inventoryClaims = {
  total: total('total', 'Total Indexes Added: 19', 'Total Indexes Added: 19'),
  totalAgain: total('total-conclusion', 'Conclusion', '**Total indexes added**: 19'),
  foreignKeys: ofGroup(
    '**3 Foreign Key Indexes**',
    'foreign-key-count',
    3,
    'are on a foreign key',
    groups.foreignKeys,
  ),
  singleColumn: ofGroup(
    '**10 Single-Column Indexes**',
    'single-column-count',
    10,
    'are on one other column',
    groups.singleColumn,
  ),
  composites: ofGroup(
    '**6 Composite Indexes**',
    'composite-count',
    6,
    'are on several columns',
    groups.composites,
  ),
  applied,
  allModels,
  bTree,
  naming,
} as const;
