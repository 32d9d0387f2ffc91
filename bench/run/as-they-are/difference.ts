import type { CatalogIndex } from '../../database/indexes.ts';
import type { Baseline, PerArm } from '../../model/arm.ts';
import type { Candidate } from '../../model/candidate.ts';
import { RunError } from '../../model/errors.ts';
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
    ...differing(before.schema, after.schema),
    ...differing(rowTexts(before), rowTexts(after)),
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
  indexes.filter(({ definition }) => others.every((other) => other.definition !== definition));

const rowTexts = ({ tables }: ReadDatabase): ReadonlyMap<string, string> =>
  new Map(tables.map(({ table, rows }) => [`the number of rows in ${table}`, String(rows)]));

const differing = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((part) => before.get(part) !== after.get(part))
    .map(
      (part) =>
        `${part}: ${before.get(part) ?? 'missing'} in that of --before, ${after.get(part) ?? 'missing'} in that of --after`,
    );

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
