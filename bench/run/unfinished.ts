import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NotComparable, UsageError } from '../model/errors.ts';
import type { Dataset } from '../model/result.ts';
import type { Environment, Run } from '../model/run.ts';
import { writeWhole } from '../report/write-report.ts';
import type { Suite } from '../suite/define-suite.ts';
import type { Measured } from './measured.ts';

/** A run that has not come to its end: what it needs to go on. */
export interface Unfinished {
  /** Flags that ask for the same run again. */
  flags: readonly string[];
  run: Run;
  environment: Environment;
  dataset: Dataset;
  /** SHA-256 of what was applied to one arm. */
  candidateSha256: string;
  measured: Measured;
}

const FILE = 'unfinished.json';

/** Keeps it beside the result. Items are kept by their ids and statements. */
export async function writeUnfinished(directory: string, unfinished: Unfinished): Promise<void> {
  const content = JSON.stringify(unfinished);
  await writeWhole(join(directory, FILE), `{"sha256":"${sha256(content)}","content":${content}}\n`);
}

export const removeUnfinished = (directory: string): Promise<void> =>
  rm(join(directory, FILE), { force: true });

/**
 * @param path of a run's directory, or of a file in it
 * @returns what it had measured, and the directory that its own is in
 * @throws UsageError when there is nothing to go on with
 */
export async function readUnfinished(path: string): Promise<{ unfinished: Unfinished; out: string }> {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => true,
  );
  const directory = isDirectory ? path : dirname(path);
  const text = await readFile(join(directory, FILE), 'utf8').catch(() => {
    throw new UsageError([`--resume: ${directory} holds no unfinished run`]);
  });
  const [, expected, content = ''] = /^\{"sha256":"(\w{64})","content":(.*)\}\n$/s.exec(text) ?? [];
  if (sha256(content) !== expected)
    throw new UsageError([`--resume: ${join(directory, FILE)} is damaged; measure anew`]);
  return { unfinished: JSON.parse(content) as Unfinished, out: dirname(directory) };
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Takes over what was measured, apart from what failed.
 *
 * @throws NotComparable when an item is another one now
 */
export function takeOver({ measured }: Unfinished, { reads, writes }: Suite): Measured {
  const current = new Map([...reads, ...writes].map((item) => [item.id, item]));
  const withItems = <T extends Measured['reads' | 'writes' | 'canaries'][number]>(kept: readonly T[]): T[] =>
    kept
      .filter(({ state }) => state === 'measured')
      .map((measurement) => {
        const item = current.get(measurement.item.id);
        if (item?.sql !== measurement.item.sql)
          throw new NotComparable([`${measurement.item.id} is another statement now`]);
        return { ...measurement, item };
      });
  return {
    ...measured,
    reads: withItems(measured.reads),
    writes: withItems(measured.writes),
    canaries: withItems(measured.canaries),
  };
}

/** What a run's numbers depend on, apart from what was asked for. */
export type Conditions = Pick<Unfinished, 'environment' | 'dataset' | 'candidateSha256'>;

/** @throws NotComparable with everything that is not as it was */
export function refuseUnlessSame(then: Conditions, now: Conditions): void {
  const [before, after] = [factsThatCount(then), factsThatCount(now)];
  const changed = Object.keys(before).filter((fact) => before[fact] !== after[fact]);
  if (changed.length === 0) return;
  throw new NotComparable(
    changed.map((fact) => `${fact} was ${before[fact] ?? 'unknown'}, and is ${after[fact] ?? 'unknown'} now`),
  );
}

function factsThatCount({ environment, dataset, candidateSha256 }: Conditions): Record<string, string> {
  const { target, postgresVersion, settings, machine, nodeVersion } = environment;
  return {
    target,
    PostgreSQL: postgresVersion,
    Node: nodeVersion,
    'the candidate': candidateSha256,
    'the dataset': sha256(JSON.stringify(dataset.tables.map((table) => [table.table, table.sha256]))),
    ...Object.fromEntries(Object.entries(machine).map(([fact, value]) => [fact, String(value)])),
    ...settings,
  };
}
