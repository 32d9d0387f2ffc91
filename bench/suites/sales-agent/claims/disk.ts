import { least, most } from '../../../model/extent.ts';
import type { Baseline } from '../../../model/arm.ts';
import type { ClaimEvidence } from '../../../model/claim.ts';
import { bytes, counted, percentText } from '../../../format/quantity.ts';
import type { TableStorage } from '../../../model/result.ts';
import type { Claim, JudgedRun } from '../../../suite/claim.ts';
import { judged, notMeasurable, shareVerdict } from './evidence.ts';
import { perBaseline } from './found.ts';

const section = 'Write Performance Impact';
const LEAST = 0.1;
const MOST = 0.15;

/** What the document may have meant by 100 %: it does not say. */
const DENOMINATORS = {
  tables: ({ tableBytes }: TableStorage['before']) => tableBytes,
  'tables and indexes': ({ tableBytes, indexBytes }: TableStorage['before']) => tableBytes + indexBytes,
  indexes: ({ indexBytes }: TableStorage['before']) => indexBytes,
};

const sum = (sizes: readonly TableStorage[], of: (size: TableStorage) => number): number =>
  sizes.reduce((total, size) => total + of(size), 0);

const grown = ({ before, after }: TableStorage): number => after.indexBytes - before.indexBytes;

const isIndexed = (size: TableStorage): boolean => size.after.indexes > size.before.indexes;

const sizesOf = ({ storage }: JudgedRun, baseline: Baseline): TableStorage[] =>
  storage.filter((size) => size.baseline === baseline);

/** The growth by every denominator, in their order. */
const shares = (sizes: readonly TableStorage[]): number[] =>
  Object.values(DENOMINATORS).map((of) => sum(sizes, grown) / sum(sizes, ({ before }) => of(before)));

/** "8.7 % of tables, 6.9 % of tables and indexes, ..". */
const shareTexts = (sizes: readonly TableStorage[]): string =>
  Object.keys(DENOMINATORS)
    .map((name, position) => `${percentText(shares(sizes)[position] ?? NaN)} of ${name}`)
    .join(', ');

const increase: Claim = {
  id: 'disk-space',
  section,
  quote: '~10-15% increase',
  confirmedBy:
    'the bytes that the indexes add are 10 % to 15 % whichever the denominator: tables, tables and indexes, or indexes, of all tables or of those that get indexes; partly, when by some',
  judge: perBaseline((found, baseline) => {
    const sizes = sizesOf(found, baseline);
    if (sizes.length === 0) return [notMeasurable('no size was taken', baseline)];
    const indexed = sizes.filter(isIndexed);
    const all = [...shares(sizes), ...shares(indexed)];
    const within = all.filter((share) => share >= LEAST && share <= MOST).length;
    const text = `${bytes(sum(sizes, grown))} more, exactly: ${shareTexts(sizes)}; counting only the tables that get indexes ${shareTexts(indexed)}`;
    return [{ baseline, text, verdict: shareVerdict(within, all.length) }];
  }),
};

const varies: Claim = {
  id: 'disk-space-by-size',
  section,
  quote: 'varies by table size',
  confirmedBy:
    'the share of table and indexes by which a table grows differs between tables, and rises or falls with their size; partly, when it only differs',
  judge: perBaseline((found, baseline) => monotony(sizesOf(found, baseline), baseline)),
};

function monotony(sizes: readonly TableStorage[], baseline: Baseline): ClaimEvidence[] {
  const whole = ({ before }: TableStorage): number => before.tableBytes + before.indexBytes;
  const tables = sizes.filter(isIndexed).toSorted((a, b) => whole(a) - whole(b));
  if (tables.length < 2)
    return [notMeasurable(`${counted(tables.length, 'table')} cannot be put in order`, baseline)];
  const growth = tables.map((size) => grown(size) / whole(size));
  const rises = growth.every((share, position) => position === 0 || share >= (growth[position - 1] ?? 0));
  const falls = growth.every((share, position) => position === 0 || share <= (growth[position - 1] ?? 0));
  const list = tables
    .map(({ table }, position) => `${table} ${percentText(growth[position] ?? 0)}`)
    .join(', ');
  const [lowest, highest] = [least(growth), most(growth)];
  return [
    judged(
      highest > lowest,
      `from ${percentText(lowest)} to ${percentText(highest)} of table and indexes`,
      baseline,
    ),
    judged(rises || falls, `smallest table first: ${list}`, baseline),
  ];
}

/** What the indexes are said to take on disk. */
export const diskClaims = { increase, varies } as const;
