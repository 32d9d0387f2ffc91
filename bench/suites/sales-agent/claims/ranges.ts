import type { Baseline } from '../../../model/arm.ts';
import type { ClaimEvidence } from '../../../model/claim.ts';
import { count, ratioText } from '../../../format/quantity.ts';
import type { MeasuredRead } from '../../../model/item-result.ts';
import { inSentence } from '../../../format/plain-text.ts';
import type { Claim, JudgedRun } from '../../../suite/claim.ts';
import { notMeasurable, shareVerdict } from './evidence.ts';
import { measuredReads, noise, perBaseline } from './found.ts';
import { groups, type GroupedIndex } from './groups.ts';

/** A range of factors, and the reads that it is promised for. */
interface Range {
  least: number;
  most: number;
  /** What `reads` are: "query patterns". */
  nouns: string;
  reads: (found: JudgedRun) => readonly string[];
  /** How to have all of them measured. */
  flags: string;
}

type Statement = Pick<Claim, 'id' | 'section' | 'quote'>;

const rangeClaim = (statement: Statement, range: Range): Claim => ({
  ...statement,
  confirmedBy: `the 95 % intervals of the speedups of all ${range.nouns} reach into ${range.least}x to ${range.most}x; partly, when some do`,
  judge: perBaseline((found, baseline) => [rangeEvidence(found, baseline, range)]),
});

function rangeEvidence(found: JudgedRun, baseline: Baseline, range: Range): ClaimEvidence {
  const ids = range.reads(found);
  const reads = measuredReads(found, ids, baseline);
  if (reads.length === 0)
    return notMeasurable(`measured none of the ${ids.length} ${range.nouns}; ${range.flags} does`, baseline);
  const places = placesOf(reads, range);
  const text = `${reads.length} of ${ids.length} ${range.nouns} measured: ${describe(places, reads)}${noise(reads)}`;
  const verdict = shareVerdict(places.within.length, reads.length);
  // What those that are missing would say decides.
  if (verdict !== 'partly' && reads.length < ids.length)
    return notMeasurable(`${text}; ${range.flags} measures all`, baseline);
  return { baseline, text, verdict };
}

const placesOf = (reads: readonly MeasuredRead[], { least, most }: Range) => ({
  below: reads.filter(({ estimate }) => estimate.high < least),
  within: reads.filter(({ estimate }) => estimate.high >= least && estimate.low <= most),
  above: reads.filter(({ estimate }) => estimate.low > most),
});

function describe(places: ReturnType<typeof placesOf>, reads: readonly MeasuredRead[]): string {
  const sorted = reads.toSorted((a, b) => a.estimate.point - b.estimate.point);
  const extreme = (read: MeasuredRead | undefined): string =>
    read ? `${ratioText(read.estimate)} (${inSentence(read.title)})` : '';
  const { below, within, above } = places;
  return `${below.length} below the range, ${within.length} within, ${above.length} above; from ${extreme(sorted[0])} to ${extreme(sorted.at(-1))}`;
}

const LARGE = 10_000;

const patterns = (indexes: readonly GroupedIndex[]) => (): string[] => indexes.map(({ pattern }) => pattern);

/** Of the indexes on foreign keys, those whose table is large in this run. */
const onLargeTables = ({ dataset }: JudgedRun): string[] =>
  groups.foreignKeys
    .filter(({ table }) => dataset.tables.some((load) => load.table === table && load.rows > LARGE))
    .map(({ pattern }) => pattern);

const PATTERN = { nouns: 'query patterns', flags: '--workload full' };

const namedQueries = [
  'example-1',
  'example-2',
  'example-3',
  'example-4',
  'fk-join',
  'timestamp-range',
  'composite-filter-sort',
  'simple-where',
];

/** What each group of indexes is said to win. */
export const rangeClaims = {
  foreignKeys: rangeClaim(
    {
      id: 'foreign-keys-range',
      section: 'Added Foreign Key Indexes',
      quote: '10-100x improvement for JOIN queries with large tables (>10k rows)',
    },
    {
      ...PATTERN,
      least: 10,
      most: 100,
      nouns: `query patterns on tables with more than ${count(LARGE)} rows`,
      reads: onLargeTables,
    },
  ),
  singleColumn: rangeClaim(
    {
      id: 'single-columns-range',
      section: 'Filtering Indexes',
      quote: '5-50x improvement for filtered/sorted queries',
    },
    { ...PATTERN, least: 5, most: 50, reads: patterns(groups.singleColumn) },
  ),
  composites: rangeClaim(
    {
      id: 'composites-range',
      section: 'Composite Indexes',
      quote: '3-20x improvement for complex multi-column queries',
    },
    { ...PATTERN, least: 3, most: 20, reads: patterns(groups.composites) },
  ),
  common: rangeClaim(
    {
      id: 'common-queries-range',
      section: 'Conclusion',
      quote: '**10-100x performance improvements** for common queries',
    },
    {
      least: 10,
      most: 100,
      nouns: 'queries that the document gives figures for',
      reads: () => namedQueries,
      flags: '--workload headline',
    },
  ),
} as const;
