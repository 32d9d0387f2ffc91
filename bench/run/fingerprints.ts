import { createHash } from 'node:crypto';
import { readSqlFile, type SqlFile } from '../database/sql-file.ts';
import type { FileLocation } from '../model/file-location.ts';
import type { ReadItem, WriteItem } from '../model/work-item.ts';
import type { Opportunity, Suite } from '../suite/suite.ts';
import type { Sources } from './unfinished-shape.ts';

/** Hexadecimal. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Depends on everything that is measured of an item, and not on its names. A function is compared by its text. */
export function fingerprintOf(item: ReadItem | WriteItem): string {
  const decisive =
    item.kind === 'read'
      ? [item.sql, item.key, ...(item.approximate ? ['approximate'] : [])]
      : [item.sql, item.operation, item.table, item.targets, String(item.draw)];
  return sha256(JSON.stringify(decisive));
}

/** @param candidate as it will be applied */
export async function describeSources(suite: Suite, candidate: SqlFile): Promise<Sources> {
  const { searchPath, locale, migrations, distribution, afterRows, dataset, opportunities, concurrentWrite } =
    suite;
  return {
    candidate: sha256(candidate.text + (candidate.transaction ?? '')),
    migrations: checksum([
      ...(await Promise.all(
        [...migrations, ...afterRows, ...(distribution ? [distribution] : [])].map(textOf),
      )),
      ...[searchPath, locale].filter((one) => one !== undefined),
    ]),
    ageing: checksum(dataset.age === undefined ? [] : [await textOf(dataset.age)]),
    opportunities: checksum(await Promise.all(opportunities.map(partsOf))),
    ...(concurrentWrite !== undefined && { concurrentWrite }),
  };
}

const checksum = (parts: readonly unknown[]): string => sha256(JSON.stringify(parts));

const partsOf = async (opportunity: Opportunity): Promise<unknown[]> => {
  const { title, table, asWritten, nearest, reads, writes } = opportunity;
  const items = [...reads, ...writes].map((item) => ({ id: item.id, sha256: fingerprintOf(item) }));
  return [title, table, await textOf(asWritten), await textOf(nearest), items];
};

const textOf = async (file: FileLocation): Promise<string> => (await readSqlFile(file)).text;
