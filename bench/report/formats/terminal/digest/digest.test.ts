import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../../../../../tests/fuzz/hostile-text.fixture.ts';
import { judgeMigration } from '../../../../analyse/migration.ts';
import { summarize } from '../../../../analyse/summary.ts';
import { poisonedText } from '../../../../../tests/fuzz/result-files.fixture.ts';
import { NOISY } from '../../../../model/outcome.ts';
import type { Result } from '../../../../model/result.ts';
import type { Row } from '../../../notes.ts';
import { parseResult } from '../../../result-file.ts';
import { salesAgentResult } from '../../../sales-agent-result.fixture.ts';
import { sampleResult } from '../../../sample-result.fixture.ts';
import { renderDigest } from './digest.ts';

const salesAgent = salesAgentResult();
const digest = (result: Result, columns = 120): string => renderDigest(result, { columns, color: false });
const linesOf = (text: string): string[] => text.trimEnd().split('\n');

/** What `run` prints after it: an empty line and three files. */
const FILES = 4;

describe('what a terminal shows of a run of the Sales Agent suite', () => {
  test.each([80, 120, 200])('reads well at %d columns', async (columns) => {
    await expect(digest(salesAgent, columns)).toMatchFileSnapshot(`__golden__/digest-${columns}.txt`);
  });

  test('is at most 80 lines of 120 columns, with the files that follow', () => {
    const lines = linesOf(digest(salesAgent));
    expect(lines.length + FILES).toBeLessThanOrEqual(80);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(120);
  });

  test('has the verdict in its last 12 lines, with the files that follow', () => {
    const last = linesOf(digest(salesAgent)).slice(FILES - 12);
    expect(last.join('\n')).toMatch(/^Verdict\n {2}Ship with cost \(on shipped\): 1,000 statements/m);
  });

  test('is at most one line longer when the full workload measured more', () => {
    const more = <Row extends Result['reads'][number] | Result['writes'][number]>(
      rows: readonly Row[],
    ): Row[] => [...rows, ...rows.map((row) => ({ ...row, id: `full-${row.id}`, weight: 0 }))];
    const full = { ...salesAgent, reads: more(salesAgent.reads), writes: more(salesAgent.writes) };
    const added = linesOf(digest(full)).length - linesOf(digest(salesAgent)).length;
    expect(added).toBeLessThanOrEqual(1);
    expect(digest(full)).toContain('In the report: 14 reads outside the mix, 13 writes outside the mix');
  });
});

/** The run with other outcomes of its statements, judged again. */
function withRows(change: <Kind extends Row>(row: Kind, position: number) => Kind): Result {
  const changed = {
    ...salesAgent,
    reads: salesAgent.reads.map(change),
    writes: salesAgent.writes.map(change),
  };
  const migration = judgeMigration(changed);
  const judged = { ...changed, ...(migration && { migration }) };
  return { ...judged, summary: summarize(judged) };
}

const withEstimates = (low: number, high: number, point = high / 2): Result =>
  withRows((row) =>
    row.state === 'measured' ? { ...row, estimate: { ...row.estimate, low, high, point } } : row,
  );

const timed = ({ before }: Extract<Row, { state: 'measured' }>, point: number) => ({
  ...before,
  durationMs: { ...before.durationMs, point },
});

/** One note for each row, too long for one line. */
const undecided = withRows((row, position) => ({
  ...row,
  verdict: 'inconclusive',
  warnings: [
    {
      code: 'imprecise',
      cause: `the interval of ${row.id} on ${row.baseline} (${position}) is ${'far '.repeat(12)}wider than the precision asked for`,
      remedy: 'raise --budget, or measure where nothing else runs',
    },
  ],
}));

const failing = withRows((row) => {
  const { kind, id, title, workload, weight, baseline, sql, ...rest } = row as Row & Record<string, unknown>;
  const error = { message: `relation "${id}" does not exist, ${'and so on '.repeat(30)}`, detail: '' };
  return { ...rest, kind, id, title, workload, weight, baseline, sql, state: 'failed', error } as never;
});

describe('whatever a run of the Sales Agent suite found', () => {
  const found: Readonly<Record<string, Result>> = {
    'intervals from a thousandth to thousands': withEstimates(0.0012, 1834.2),
    'intervals across zero': withEstimates(-0.845, 1173.1),
    'times from a microsecond to minutes': withRows((row, position) =>
      row.state === 'measured'
        ? { ...row, before: timed(row, position % 2 ? 0.001 : 1_234_567), after: timed(row, 123_456) }
        : row,
    ),
    'intervals of any size': withEstimates(-1.7e308, 1.7e308, 5e-324),
    'a long note to every row': undecided,
    'a failure of every row': failing,
  };

  test.each(Object.entries(found))('%s: at most 80 lines of 120 columns', (_, result) => {
    const lines = linesOf(digest(result));
    expect(lines.length + FILES).toBeLessThanOrEqual(80);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(120);
    expect(lines.slice(FILES - 12)).toContain('Verdict');
  });

  test.each(Object.entries(found))('%s: a statement is one line of its table', (_, result) => {
    const beginnings = (rows: readonly Row[]): string[] =>
      [...new Set(rows.map(({ title }) => title))].map((title) => title.slice(0, 6));
    const [reads, writes] = [beginnings(salesAgent.reads), beginnings(salesAgent.writes)];
    for (const columns of [80, 120, 200]) {
      const lines = linesOf(digest(result, columns));
      const tables = lines.flatMap((line, at) => (/^ {2}times\W/.test(line) ? [at + 1] : []));
      const expected = columns < 112 ? [reads, reads, writes, writes] : [reads, writes];
      const shown = tables.map((start, table) => lines.slice(start, start + (expected[table]?.length ?? 0)));
      expect(shown.map((rows) => rows.map((row) => row.slice(2, 8)))).toEqual(expected);
    }
  });

  test('every statement of a noisy run keeps a name of its own, with the rows of each note at the note', () => {
    const noisy = { code: NOISY, cause: 'two copies differ', remedy: 'repeat the run' };
    const imprecise = { code: 'imprecise', cause: 'the interval is wide', remedy: 'raise --budget' };
    const found = withRows((row) =>
      row.state === 'measured'
        ? {
            ...row,
            warnings: [noisy, imprecise],
            verdict: 'inconclusive',
            estimate: { ...row.estimate, point: 0.157, low: 0.103, high: 0.189 },
            before: timed(row, 24.1),
          }
        : row,
    );
    const text = digest(found);
    const names = linesOf(text).flatMap((line) => / {2}(\S.*?) {3,}24\.1 /.exec(line)?.[1] ?? []);
    expect(names).toHaveLength(27);
    expect(new Set(names).size).toBe(27);
    expect(text).toMatch(/\nNote \d+, 54 rows: the interval is wide; raise --budget\n/);
  });

  test('says how many notes and failures only the report has', () => {
    expect(digest(undecided)).toMatch(
      /\nNote 1, Example 1, top leads on shipped: the interval of example-1 on shipped[^]+\nand \d+ more notes: in the report\n/,
    );
    expect(digest(failing)).toMatch(
      /\nfailed: Example 1  top leads on shipped: rel[^]+\nand \d+ more failures: in the report\n/,
    );
  });
});

describe('a digest', () => {
  const sample = sampleResult();

  test('shows every statement that --only names, in the mix or not', () => {
    const only = { ...sample, run: { ...sample.run, only: ['example-1'] } };
    const reads = sample.reads.map((read) => ({ ...read, weight: read.id === 'example-1' ? 0 : 1 }));
    expect(digest({ ...only, reads })).toContain('Example 1  top leads');
    expect(digest({ ...sample, reads })).not.toContain('Example 1  top leads');
  });

  test('names what could not be measured, and why', () => {
    expect(digest(sample)).toContain('failed: Simple WHERE clause on bare: column "missing" does not exist');
  });

  test('has the notes to undecided rows only', () => {
    const imprecise = { code: 'imprecise', cause: 'the interval is wide', remedy: 'raise --budget' };
    const [first, ...others] = sample.reads;
    const undecided = { ...first, verdict: 'inconclusive', warnings: [imprecise] } as Result['reads'][number];
    const text = digest({ ...sample, reads: [undecided, ...others] });
    expect(text).toContain(
      '\nNote 1, Example 1, top leads on shipped: the interval is wide; raise --budget\n',
    );
    expect(text).toMatch(/Example 1 {2}top leads .+ \? /);
    expect(text).not.toContain('a generic plan differs');
  });

  test('says in the verdict that the run is noisy, or ended early', () => {
    const noisy = sampleResult([0.36, 0.41]);
    const interrupted = { ...noisy, run: { ...noisy.run, outcome: { state: 'interrupted' as const } } };
    expect(digest(interrupted)).toMatch(
      /\nVerdict\n {2}This run was interrupted: the report has[^]+\n {2}Ship with cost[^]+\n {2}Noisy: in this run, two copies/,
    );
    expect(digest(noisy)).toMatch(/\nCanaries: 0 of 1 quiet; not quiet: insert-leads on shipped\n/);
  });

  test('stays readable with one baseline, and with nothing measured', () => {
    const bare = { ...sample, run: { ...sample.run, baselines: ['bare' as const] } };
    expect(digest(bare, 80)).toMatch(/\n {2}Reads +bare\n/);
    expect(digest(bare, 80)).not.toMatch(/cold key|\bReads +shipped/);
    const { migration, ...rest } = {
      ...sample,
      reads: [],
      writes: [],
      canaries: [],
      claims: [],
      storage: [],
    };
    expect(migration).toBeDefined();
    expect(digest({ ...rest, summary: ['Nothing.'] })).toContain('Verdict\n  Nothing.');
  });

  test.each(HOSTILE_TEXTS)('keeps %j from acting on the terminal and inside the screen', (poison) => {
    const result = parseResult(poisonedText(poison), 'result.json');
    fc.assert(
      fc.property(fc.integer({ min: 80, max: 220 }), (columns) => {
        const text = digest(result, columns);
        expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
        for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      }),
      { numRuns: 3 },
    );
  });

  test('differs in colour mode by its colours only', () => {
    const escape = String.fromCharCode(27);
    const colored = renderDigest(salesAgent, { columns: 120, color: true });
    expect(colored).toContain(escape);
    expect(colored.replaceAll(new RegExp(`${escape}\\[\\d+m`, 'g'), '')).toBe(digest(salesAgent));
  });
});
