import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode, UsageError } from '../bench/model/errors.ts';
import type { Result } from '../bench/model/result.ts';
import type { Trend } from '../bench/model/trend.ts';
import { historyFigure } from '../bench/report/figures/history.ts';
import { parseResult, serializePacked } from '../bench/report/result-file.ts';
import { writeWhole } from '../bench/report/write-report.ts';
import { withLock } from '../bench/system/lock.ts';
import { readNamedFile } from '../bench/system/named-file.ts';
import {
  directoryFor,
  PUBLISHED_NAME,
  publishedIndex,
  publishedTrends,
  type Published,
  type TrendFigure,
} from './published-index.ts';
import { putBack, replaceDirectory } from './replace-directory.ts';
import { asProgram } from './as-program.ts';

type Draw = (trends: readonly Trend[]) => TrendFigure;

/**
 * Publishes a run: copies its directory to reports/published/<date>/ with a packed result.json, and updates
 * reports/README.md and reports/trend.svg. `npm run report:publish -- reports/<run>`
 *
 * @param run directory of a run; undefined: only the index is updated
 * @returns the files and directories that were written
 * @throws UsageError when the run, or a published one, cannot be read or did not end
 */
export async function publish(
  run: string | undefined,
  reports: string,
  draw: Draw = historyFigure,
): Promise<string[]> {
  await mkdir(reports, { recursive: true });
  return withLock(join(reports, 'published'), new AbortController().signal, () => {
    return publishAlone(run, reports, draw);
  });
}

/** First completes or removes what a killed publication left. */
async function publishAlone(run: string | undefined, reports: string, draw: Draw): Promise<string[]> {
  await putBack(join(reports, 'published'), reports);
  const copied = run === undefined ? [] : [await copyRun(run, reports)];
  const published = await readPublished(reports);
  const trends = publishedTrends(published);
  const figure = trends.length > 0 ? draw(trends) : undefined;
  const [index, trend] = [join(reports, 'README.md'), join(reports, 'trend.svg')];
  await writeWhole(index, publishedIndex(published, figure));
  if (!figure) {
    await rm(trend, { force: true });
    return [...copied, index];
  }
  await writeWhole(trend, figure.svg);
  return [...copied, index, trend];
}

async function copyRun(run: string, reports: string): Promise<string> {
  const result = await readResult(run);
  if (result.run.outcome.state !== 'complete')
    throw new UsageError([
      `${run}: this run is ${result.run.outcome.state}, and only a whole one is published`,
    ]);
  const target = join(reports, 'published', directoryFor(result, await readPublished(reports)));
  await replaceDirectory(run, target, reports, async (copy) => {
    await writeWhole(join(copy, 'result.json'), serializePacked(result));
  });
  return target;
}

export async function readPublished(reports: string): Promise<Published[]> {
  const directory = join(reports, 'published');
  const names = (await readdir(directory).catch(() => [])).filter((name) => PUBLISHED_NAME.test(name));
  return Promise.all(
    names.map(async (name) => ({
      directory: name,
      files: await readdir(join(directory, name)),
      result: await readResult(join(directory, name)),
    })),
  );
}

async function readResult(directory: string): Promise<Result> {
  const file = join(directory, 'result.json');
  const text = await readNamedFile(file).catch((cause: unknown) => {
    throw new UsageError([`${file}: cannot be read: ${(cause as Error).message}`]);
  });
  return parseResult(text.toString(), file);
}

if (process.argv[1] === import.meta.filename)
  await asProgram(async () => {
    console.log((await publish(process.argv[2], 'reports')).join('\n'));
    return ExitCode.done;
  });
