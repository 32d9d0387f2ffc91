import { readSqlFile, type SqlFile } from '../database/sql-file.ts';
import type { FileLocation } from '../model/file-location.ts';
import type { Suite } from '../suite/define-suite.ts';
import type { Opportunity } from '../suite/opportunity.ts';
import { markOf } from './item-mark.ts';
import { sha256 } from './sha256.ts';
import type { Sources } from './unfinished-shape.ts';

/** @param candidate as it will be applied */
export async function describeSources(suite: Suite, candidate: SqlFile): Promise<Sources> {
  const { migrations, dataset, opportunities = [], concurrentWrite } = suite;
  return {
    candidate: sha256(candidate.text),
    migrations: checksum(await Promise.all(migrations.map(textOf))),
    ageing: checksum([await textOf(dataset.age)]),
    opportunities: checksum(await Promise.all(opportunities.map(partsOf))),
    ...(concurrentWrite !== undefined && { concurrentWrite }),
  };
}

const checksum = (parts: readonly unknown[]): string => sha256(JSON.stringify(parts));

const partsOf = async ({
  title,
  table,
  asWritten,
  nearest,
  reads,
  writes,
}: Opportunity): Promise<unknown[]> => [
  title,
  table,
  await textOf(asWritten),
  await textOf(nearest),
  [...reads, ...writes].map(markOf),
];

const textOf = async (file: FileLocation): Promise<string> => (await readSqlFile(file)).text;
