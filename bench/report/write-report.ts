import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RunError, UsageError } from '../model/errors.ts';
import type { Result } from '../model/result.ts';
import { renderMarkdown } from './markdown.ts';
import { serializeResult } from './result-file.ts';

/** Writes result.json into a run's directory. */
export async function writeResult(directory: string, result: Result): Promise<string> {
  const path = join(directory, 'result.json');
  await writeWhole(path, serializeResult(result));
  return path;
}

/** Writes everything a run leaves behind: `<out>/<run>/report.md`, its result.json, and `<out>/latest.md`. */
export async function writeReports(out: string, result: Result): Promise<string[]> {
  const directory = runDirectory(out, result);
  const report = join(directory, 'report.md');
  const latest = join(out, 'latest.md');
  await writeWhole(report, renderMarkdown(result, 'result.json'));
  await writeWhole(latest, renderMarkdown(result, `${result.run.id}/result.json`));
  return [report, await writeResult(directory, result), latest];
}

/** @throws UsageError when the id, which may come from a file, would lead out of `out` */
function runDirectory(out: string, { run }: Result): string {
  if (!/^\w[\w.-]*$/.test(run.id))
    throw new UsageError([`run.id: ${JSON.stringify(run.id)} is not a name for a directory`]);
  return join(out, run.id);
}

/** A reader, or a crash, never meets half a file. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(partial, text);
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw new RunError(`${path} cannot be written`, {
      detail: (cause as Error).message,
      remedy: 'Free space, or name another directory with --out.',
      cause,
    });
  }
}
