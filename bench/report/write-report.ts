import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError, UsageError } from '../model/errors.ts';
import type { Result } from '../model/result.ts';
import { replaceFile } from '../system/replace-file.ts';
import { renderCsv } from './formats/csv/csv.ts';
import { figureFiles, figuresOf } from './figures/figures.ts';
import type { NightContext } from './gate-sections.ts';
import { renderHtml } from './formats/html/html.ts';
import { renderMarkdown } from './formats/markdown/markdown.ts';
import { serializeResult } from './result-file.ts';

/** Writes result.json into a run's directory. */
export async function writeResult(directory: string, result: Result): Promise<string> {
  const path = join(directory, 'result.json');
  await writeWhole(path, serializeResult(result));
  return path;
}

export const removeResult = (directory: string): Promise<void> =>
  rm(join(directory, 'result.json'), { force: true });

/**
 * Writes a run's files: `<out>/<run>/` with report.md, report.html, rows.csv, figures/ and result.json, and
 * `<out>/latest.md`. Returns the paths that people open.
 */
export async function writeReports(out: string, result: Result, night?: NightContext): Promise<string[]> {
  const directory = runDirectory(out, result);
  const [report, page] = [join(directory, 'report.md'), join(directory, 'report.html')];
  const figures = figuresOf(result, night?.trends);
  for (const { name, svg } of figureFiles(figures))
    await writeWhole(join(directory, 'figures', `${name}.svg`), svg);
  await writeWhole(report, renderMarkdown(result, 'result.json', figures, night));
  await writeWhole(page, renderHtml(result, 'result.json', figures, night));
  await writeWhole(join(directory, 'rows.csv'), renderCsv(result));
  await writeWhole(
    join(out, 'latest.md'),
    renderMarkdown(result, `${result.run.id}/result.json`, figures, night),
  );
  return [report, page, await writeResult(directory, result)];
}

/** @throws UsageError when the id, which may come from a file, would lead outside `out` */
function runDirectory(out: string, { run }: Result): string {
  if (!/^\w[\w.-]*$/.test(run.id))
    throw new UsageError([`run.id: ${JSON.stringify(run.id)} is not a name for a directory`]);
  return join(out, run.id);
}

/** A reader never sees half a file, not even after a crash. */
export async function writeWhole(path: string, text: string): Promise<void> {
  try {
    await replaceFile(path, text);
  } catch (cause) {
    throw new RunError(`${path} cannot be written`, {
      detail: (cause as Error).message,
      remedy: 'Free space, or name another directory with --out.',
      cause,
    });
  }
}
