import { join } from 'node:path';
import type { Sweep } from '../../model/sweep.ts';
import { writeWhole } from '../write-report.ts';
import { serializeSweep } from './sweep-file.ts';
import { sweepFigures } from './sweep-figures.ts';
import { renderSweepHtml } from './sweep-html.ts';
import { renderSweepMarkdown } from './sweep-markdown.ts';

/** The file that has everything a sweep found out. */
export const SWEEP_FILE = 'sweep.json';

export const writeSweep = (directory: string, sweep: Sweep): Promise<void> =>
  writeWhole(join(directory, SWEEP_FILE), serializeSweep(sweep));

/** Writes sweep.md, sweep.html and figures/ beside sweep.json. Returns the paths that people open. */
export async function writeSweepReports(directory: string, sweep: Sweep): Promise<string[]> {
  const figures = sweepFigures(sweep);
  const [report, page] = [join(directory, 'sweep.md'), join(directory, 'sweep.html')];
  for (const { name, svg } of Object.values(figures).flat())
    await writeWhole(join(directory, 'figures', `${name}.svg`), svg);
  await writeWhole(report, renderSweepMarkdown(sweep, figures));
  await writeWhole(page, renderSweepHtml(sweep, figures));
  await writeSweep(directory, sweep);
  return [report, page, join(directory, SWEEP_FILE)];
}
