import type { CatalogIndex } from '../../database/indexes.ts';
import { plainText } from '../../format/plain-text.ts';
import { bytes } from '../../format/quantity.ts';
import { ARMS, type Baseline, type PerArm } from '../../model/arm.ts';
import type { Candidate } from '../../model/candidate.ts';
import { RunError } from '../../model/errors.ts';
import type { Warning } from '../../model/outcome.ts';
import type { Dataset, TableStorage } from '../../model/result.ts';
import { compareSizes } from '../compare-sizes.ts';
import type { ReadDatabase } from './read-database.ts';

/** What the database of --before is to that of --after. */
export const AS_IT_IS: Baseline = 'shipped';

/** What either database has of indexes that the other one has not. */
interface IndexDifference {
  made: CatalogIndex[];
  dropped: CatalogIndex[];
}

/**
 * The candidate, as it is found.
 *
 * @throws RunError saying what else than indexes differs, or that no index does: what was measured would not be the candidate's
 */
export function indexDifference({ before, after }: PerArm<ReadDatabase>): IndexDifference {
  const differences = [
    ...differing(before.schema, after.schema, IN_BOTH),
    ...differing(rowTexts(before), rowTexts(after), IN_BOTH),
  ];
  if (differences.length > 0)
    throw new RunError('The two databases differ in more than indexes', {
      detail: shown(differences),
      remedy: 'Make both from the same, and apply the candidate to that of --after alone.',
    });
  const made = without(after.indexes, before.indexes);
  const dropped = without(before.indexes, after.indexes);
  if (made.length + dropped.length === 0)
    throw new RunError('The two databases have the same indexes', {
      remedy: 'Apply the candidate to that of --after.',
    });
  return { made, dropped };
}

const without = (indexes: readonly CatalogIndex[], others: readonly CatalogIndex[]): CatalogIndex[] =>
  indexes.filter((index) => others.every((other) => indexText(other) !== indexText(index)));

/** No read uses an index that is not valid, which is therefore another one. */
const indexText = ({ definition, valid }: CatalogIndex): string =>
  valid ? definition : `${definition} (INVALID)`;

/** @throws RunError saying what of a database is not as it was when it was compared: nobody knows what was measured then */
export function refuseChanged(then: PerArm<ReadDatabase>, now: PerArm<ReadDatabase>): void {
  const changes = ARMS.flatMap((arm) => {
    const places = [`in that of --${arm} at first`, 'at the end'] as const;
    const texts = ({ schema, indexes, ...counted }: ReadDatabase): ReadonlyMap<string, string> =>
      new Map([
        ...schema,
        ...rowTexts({ schema, indexes, ...counted }),
        ...indexes.map((index) => [`the index ${index.name}`, indexText(index)] as const),
      ]);
    return differing(texts(then[arm]), texts(now[arm]), places);
  });
  if (changes.length > 0)
    throw new RunError('A database was changed while it was measured', {
      detail: shown(changes),
      remedy: 'Measure again while nobody changes either.',
    });
}

const rowTexts = ({ tables }: ReadDatabase): ReadonlyMap<string, string> =>
  new Map(tables.map(({ table, rows }) => [`the number of rows in ${table}`, String(rows)]));

const IN_BOTH = ['in that of --before', 'in that of --after'] as const;

/** @param places what each text is in */
const differing = (
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
  places: readonly [string, string],
): string[] =>
  [...new Set([...one.keys(), ...other.keys()])]
    .filter((part) => one.get(part) !== other.get(part))
    .map((part) => {
      const texts = [one.get(part), other.get(part)].map(briefly);
      return `${part}: ${texts.map((text, place) => `${text} ${places[place] ?? ''}`).join(', ')}`;
    });

const LONGEST_SHOWN = 60;

const briefly = (text: string | undefined): string => {
  if (text === undefined) return 'missing';
  return text.length > LONGEST_SHOWN || text.includes('\n') ? 'another one' : text;
};

const MOST_SHOWN = 5;

const shown = (differences: readonly string[]): string =>
  [
    ...differences.slice(0, MOST_SHOWN),
    ...(differences.length > MOST_SHOWN ? [`and ${differences.length - MOST_SHOWN} more`] : []),
  ].join('\n');

/** Nobody saw the indexes being built. */
export const candidateOf = (name: string, { made, dropped }: IndexDifference): Candidate => ({
  name,
  indexes: made.map(({ valid, copies, ...index }) => ({
    ...sized(index),
    isValid: valid,
    builds: [],
    ...(copies && { copies }),
  })),
  dropped: dropped.map(sized),
});

const sized = ({ name, table, definition, bytes }: Omit<CatalogIndex, 'valid' | 'copies'>) => ({
  ...{ name, table, definition, bytes },
});

/** Nobody made the rows, and a sum over them would read them all again. */
export const datasetOf = ({ tables }: ReadDatabase): Dataset => ({
  tables: tables.map(({ table, rows, size: { tableBytes: bytes }, seconds }) => ({
    ...{ table, rows, bytes, seconds },
    sha256: '',
  })),
  raised: [],
});

export const storageOf = ({ before, after }: PerArm<ReadDatabase>): TableStorage[] =>
  compareSizes(
    AS_IT_IS,
    before.tables.map(({ size }) => size),
    after.tables.map(({ size }) => size),
  );

/** What else may be the effect: pages without rows in them, and an index that no read uses. */
export const differenceWarnings = (
  { before, after }: PerArm<ReadDatabase>,
  { made }: IndexDifference,
): Warning[] => [
  ...made
    .filter(({ valid }) => !valid)
    .map(({ name }) => ({
      code: 'invalid-index',
      cause: `${plainText(name)} of that of --after is INVALID: writes maintain it, and no read uses it`,
      remedy: 'drop it and build it again',
    })),
  ...otherSizes(before, after).map((cause) => ({
    code: 'other-pages',
    cause,
    remedy:
      'VACUUM FULL both, or make both from the same: reads of more pages take longer, whatever the indexes',
  })),
];

/** By how much the pages of the same rows may differ. */
const LIKE_SIZES = 1.05;

const otherSizes = ({ tables }: ReadDatabase, after: ReadDatabase): string[] =>
  tables.flatMap(({ table, size: { tableBytes } }) => {
    const other = after.tables.find((one) => one.table === table)?.size.tableBytes ?? tableBytes;
    if (Math.max(tableBytes, other) <= LIKE_SIZES * Math.min(tableBytes, other)) return [];
    return [
      `the same rows of ${plainText(table)} take ${bytes(tableBytes)} in that of --before and ${bytes(other)} in that of --after`,
    ];
  });
