import { UsageError } from '../bench/model/errors.ts';
import { isNoisyRun } from '../bench/model/noise.ts';
import type { Result } from '../bench/model/result.ts';
import type { Trend, TrendPoint } from '../bench/model/trend.ts';
import { text } from '../bench/report/formats/markdown/markdown-text.ts';

/** A run in reports/published. */
export interface Published {
  /** Its directory: a date, or a date and the end of the run's id. */
  directory: string;
  /** The files in it, by name. */
  files: readonly string[];
  result: Result;
}

export interface TrendFigure {
  /** The text alternative. */
  alternative: string;
  svg: string;
}

const LINKS: readonly (readonly [file: string, name: string])[] = [
  ['report.html', 'page'],
  ['report.md', 'report'],
  ['rows.csv', 'rows'],
  ['result.json', 'result.json'],
];

/** The possible names of published runs: other names are ignored. */
export const PUBLISHED_NAME = /^\d{4}-\d{2}-\d{2}(?:-[\w.-]+)?$/;

/**
 * The directory of a published run: its date. A run that is already there is replaced; another run of the same date
 * gets the end of its id after the date.
 *
 * @throws UsageError when both names belong to other runs
 */
export function directoryFor({ run }: Result, published: readonly Published[]): string {
  const own = published.find(({ result }) => result.run.id === run.id);
  if (own) return own.directory;
  const date = run.startedAt.slice(0, 10);
  const names = [date, `${date}-${run.id.split('-').at(-1) ?? run.id}`];
  const free = names.find((name) => published.every(({ directory }) => directory !== name));
  if (free === undefined)
    throw new UsageError([`run ${run.id}: ${names.join(' and ')} are already published from other runs`]);
  return free;
}

/** reports/README.md: every published run, newest first. */
export function publishedIndex(published: readonly Published[], figure: TrendFigure | undefined): string {
  const entries = newestFirst(published).map(entry);
  return (
    [
      '# Published reports',
      'Each entry is one run. [How to read it](../docs/reading.md).',
      ...(figure ? [`![${text(figure.alternative)}](trend.svg)`] : []),
      ...(entries.length > 0 ? entries : ['Nothing has been published yet.']),
    ].join('\n\n') + '\n'
  );
}

function entry({ directory, files, result }: Published): string {
  const { run, candidate, environment } = result;
  const links = LINKS.filter(([file]) => files.includes(file)).map(
    ([file, name]) => `[${name}](published/${directory}/${file})`,
  );
  const facts = [
    `candidate ${candidate.name} of ${run.suite.title}`,
    `PostgreSQL ${environment.postgresVersion}`,
    `scale ${run.scale}`,
    `workload ${run.workload}`,
  ];
  return [`## ${directory}`, text(headline(result)), `${text(facts.join(', '))}: ${links.join(' · ')}`].join(
    '\n\n',
  );
}

/** The verdict; a noisy run is marked before it. */
const headline = (result: Result): string =>
  result.summary.slice(0, isNoisyRun(result) ? 2 : 1).join(' ') || 'Nothing was measured.';

/** The trend of the verdict's own figure, one for each baseline and mix of statements. */
export function publishedTrends(published: readonly Published[]): Trend[] {
  const results = newestFirst(published)
    .map(({ result }) => result)
    .toReversed();
  const trends = new Map<string, Trend & { points: TrendPoint[] }>();
  for (const result of results) {
    const head = trendOf(result);
    if (!head) continue;
    const trend = trends.get(head.id) ?? head;
    trends.set(head.id, { ...trend, points: [...trend.points, ...(trend === head ? [] : head.points)] });
  }
  return [...trends.values()];
}

function trendOf(result: Result): (Trend & { points: TrendPoint[] }) | undefined {
  const { run, candidate, migration } = result;
  if (!migration?.balance || run.only.length > 0) return undefined;
  const { baseline, mix, balance } = migration;
  const title = `1,000 statements, reads to writes ${mix.reads}:${mix.writes}, candidate ${candidate.name} of ${run.suite.title}, scale ${run.scale}`;
  const point = { startedAt: run.startedAt, estimate: balance.netMs, isNoisy: isNoisyRun(result) };
  return {
    id: ['mix', run.suite.name, candidate.name, baseline, mix.reads, mix.writes, run.scale].join('/'),
    title,
    baseline,
    metric: 'net time saved',
    points: [point],
    band: undefined,
  };
}

const newestFirst = (published: readonly Published[]): Published[] =>
  published.toSorted((a, b) => Date.parse(b.result.run.startedAt) - Date.parse(a.result.run.startedAt));
