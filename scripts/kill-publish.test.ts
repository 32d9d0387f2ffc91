import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KILLS, killWithin, script, start, untilShown } from '../tests/fixtures/kills.ts';
import { serializeResult } from '../bench/report/result-file.ts';
import { sampleResult } from '../bench/report/sample-result.fixture.ts';
import { publish } from './publish-report.ts';

const sample = sampleResult();
const FIGURES = 300;
const draw = () => ({ alternative: 'how it went', svg: '<svg/>' });

let directory: string;
let reports: string;
let run: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'publishing-'));
  reports = join(directory, 'reports');
  run = join(reports, sample.run.id);
});
afterEach(() => rm(directory, { recursive: true }));

/** A run's directory; all its figures have the same content. */
async function writeRun(content: string): Promise<void> {
  await mkdir(join(run, 'figures'), { recursive: true });
  await writeFile(join(run, 'result.json'), serializeResult(sample));
  for (let figure = 0; figure < FIGURES; figure++)
    await writeFile(join(run, 'figures', `${figure}.svg`), content);
}

/** The distinct contents of the published run's figures. */
async function published(): Promise<string[]> {
  const figures = join(reports, 'published', '2025-10-04', 'figures');
  const names = await readdir(figures);
  expect(names).toHaveLength(FIGURES);
  return [...new Set(await Promise.all(names.map((name) => readFile(join(figures, name), 'utf8'))))];
}

test(
  `after each of ${KILLS} kills of report:publish, a run is published whole, as it was or as it is`,
  { timeout: KILLS * 60_000 },
  async () => {
    await writeRun('version 0');
    await publish(run, reports, draw);
    for (let kill = 1; kill <= KILLS; kill++) {
      await writeRun(`version ${kill}`);
      const killed = start(script('scripts/publish-report.ts'), [join('reports', sample.run.id)], {
        cwd: directory,
      });
      await untilShown(killed, () => readdirSync(reports).includes('.publishing'));
      await killWithin(killed, 150);
      await publish(undefined, reports, draw);
      expect([[`version ${kill - 1}`], [`version ${kill}`]]).toContainEqual(await published());
      await publish(run, reports, draw);
      expect(await published()).toEqual([`version ${kill}`]);
      const left = (await readdir(reports)).toSorted();
      expect(left).toEqual([sample.run.id, 'README.md', 'published', 'trend.svg'].toSorted());
    }
  },
);
