import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { capturedIo } from './fixtures/captured-io.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import type { Result } from '../bench/model/result.ts';
import { resultJsonSchema } from '../bench/report/result-file.ts';

const TINY = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05'];

const own = ownDirectories();

async function storedResult(out = own.out): Promise<Result> {
  const [directory] = (await readdir(out)).filter((name) => name !== 'latest.md');
  return JSON.parse(await readFile(join(out, directory ?? '', 'result.json'), 'utf8')) as Result;
}

describe('a run', () => {
  test('measures a suite from another folder on both baselines, and leaves only its reports', async () => {
    const io = capturedIo();
    const code = await run(['run', ...TINY, '--out', own.out, '--budget', '4'], io);
    expect(io.err()).toContain('ok  measure');
    expect(code).toBe(ExitCode.done);

    const result = await storedResult();
    const validate = new Ajv2020({ allowUnionTypes: true, validateFormats: false }).compile(
      resultJsonSchema(),
    );
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
    expect(result.run.outcome.state).toBe('complete');
    expect(result.reads.map(({ id, baseline, state }) => [id, baseline, state])).toEqual([
      ['by-author', 'shipped', 'measured'],
      ['by-author', 'bare', 'measured'],
    ]);
    expect(result.reads[0]).toMatchObject({
      parameters: [expect.stringMatching(/^\d+$/)],
      plans: { changed: true, candidateIndexes: ['ix_notes_author'], before: { indexes: [] } },
    });
    expect(result.candidate.indexes).toMatchObject([{ name: 'ix_notes_author', table: 'notes' }]);
    expect(
      result.storage.map(({ baseline, before, after }) => [baseline, before.indexes, after.indexes]),
    ).toEqual([
      ['shipped', 2, 3],
      ['bare', 1, 2],
    ]);
    expect(result.claims).toMatchObject([
      { id: 'index-used', verdict: 'confirmed', evidence: [{ baseline: 'shipped' }, { baseline: 'bare' }] },
      {
        id: 'titled',
        verdict: 'refuted',
        evidence: [{ text: 'column "title" does not exist, 1000 notes' }],
      },
    ]);
    expect(result.run.phases.map(({ name }) => name)).toContain('claims');
    expect(io.out()).toContain(
      'Claims: 1 confirmed, 1 refuted, 0 partly, 0 not measurable here; refuted: titled',
    );
    expect(io.out()).toContain('Notes of an author');
    expect(await readFile(join(own.out, 'latest.md'), 'utf8')).toContain('# What candidate 002 does to Tiny');
  });

  test('of a suite with the required keys alone derives the rest, measures one of two baselines that are the same, and can be resumed', async () => {
    await writeFile(join(own.out, 'schema.sql'), 'CREATE TABLE t (id serial PRIMARY KEY, author integer);');
    await writeFile(join(own.out, 'index.sql'), 'CREATE INDEX ix_t_author ON t (author);');
    const suite = join(own.out, 'suite.mjs');
    await writeFile(
      suite,
      `const row = (_, ordinal) => [ordinal + 1, ordinal % 50];
       export default {
         name: 'least',
         migrations: [new URL('schema.sql', import.meta.url)],
         candidate: { up: new URL('index.sql', import.meta.url) },
         dataset: { tables: [{ name: 't', serial: 'id', columns: ['id', 'author'], rowsAtScaleOne: 1000, row }] },
         reads: [{
           id: 'by-author',
           sql: 'SELECT * FROM t WHERE author = $1',
           key: { sql: 'SELECT author FROM t ORDER BY id LIMIT 1' },
           weight: 3,
         }, { id: 'refused', sql: 'SELECT missing FROM t', weight: 0 }],
         writes: [
           { id: 'insert-t', table: 't', operation: 'INSERT', sql: 'INSERT INTO t (author) VALUES (1)' },
           {
             id: 'update-t',
             table: 't',
             operation: 'UPDATE',
             sql: 'UPDATE t SET author = author + 1 WHERE id = $1',
             targets: 'SELECT id FROM t',
           },
         ],
       };`,
    );
    const out = join(own.out, 'reports');
    const io = capturedIo();
    const flags = ['--baseline', 'both', '--budget', '2', '--out', out];
    expect(await run(['run', '--suite', suite, ...flags], io), io.err()).toBe(ExitCode.incomplete);
    const result = await storedResult(out);
    const { run: head, reads, writes, canaries, warnings, candidate } = result;
    expect(head).toMatchObject({ baselines: ['shipped'], mix: { reads: 3, writes: 2 }, goals: [] });
    expect(head.phases.find(({ name }) => name === 'age')?.detail).toBe(
      '200 rows updated, vacuumed, analysed',
    );
    expect(warnings.map(({ code }) => code)).toContain('one-baseline');
    expect(io.out()).toContain('bare is the same as shipped');
    expect(candidate).toMatchObject({ name: 'index', indexes: [{ name: 'ix_t_author' }] });
    const rows = [...reads, ...writes].map(({ id, baseline, weight, state }) => [
      id,
      baseline,
      weight,
      state,
    ]);
    expect(rows).toEqual([
      ['by-author', 'shipped', 3, 'measured'],
      ['refused', 'shipped', 0, 'failed'],
      ['insert-t', 'shipped', 1, 'measured'],
      ['update-t', 'shipped', 1, 'measured'],
    ]);
    expect(canaries.map(({ id, baseline }) => [id, baseline])).toEqual([
      ['by-author', 'shipped'],
      ['insert-t', 'shipped'],
      ['update-t', 'shipped'],
    ]);
    // Three canaries, a read and its generic plan, two writes. The read that is refused is not visited.
    expect(io.err()).toContain(' 7/7 ');

    const again = capturedIo();
    expect(await run(['run', '--resume', join(out, head.id)], again), again.err()).toBe(ExitCode.incomplete);
    const resumed = await storedResult(out);
    expect(resumed.run.baselines).toEqual(['shipped']);
    // What is not precise yet goes on, and keeps its pairs.
    const pairsOf = (rows: typeof canaries) => rows.map((row) => (row.state === 'measured' ? row.pairs : []));
    const kept = pairsOf(canaries);
    expect(pairsOf(resumed.canaries).map((pairs, row) => pairs.slice(0, kept[row]?.length))).toEqual(kept);
    expect(resumed.warnings.map(({ code }) => code)).toContain('one-baseline');
  });

  test("judges a candidate other than the suite's, and names it", async () => {
    const file = join(own.temporary, '3-by-length.up.sql');
    await writeFile(file, 'CREATE INDEX ix_notes_length ON notes (length(body));');
    const flags = ['--baseline', 'bare', '--only', 'by-author', '--budget', '1', '--out', own.out];
    expect(await run(['run', ...TINY, '--candidate', file, ...flags], capturedIo())).toBe(ExitCode.done);
    const { candidate, claims, run: head } = await storedResult();
    expect(claims).toEqual([]);
    expect(candidate).toMatchObject({ name: '3-by-length', indexes: [{ name: 'ix_notes_length' }] });
    expect(head.command).toContain(`--candidate ${file}`);
    await rm(file);
  });

  test('is rendered again by report from its result alone, byte by byte', async () => {
    const first = capturedIo();
    await run(
      ['run', ...TINY, '--only', 'by-author', '--baseline', 'bare', '--out', own.out, '--budget', '1'],
      first,
    );
    const [directory] = (await readdir(own.out)).filter((name) => name !== 'latest.md');
    const report = await readFile(join(own.out, 'latest.md'), 'utf8');
    await rm(join(own.out, 'latest.md'));
    const again = capturedIo();
    expect(
      await run(['report', join(own.out, directory ?? '', 'result.json'), '--out', own.out], again),
    ).toBe(ExitCode.done);
    expect(again.out()).toBe(first.out());
    expect(again.out()).not.toContain('How it was measured');
    expect(await readFile(join(own.out, 'latest.md'), 'utf8')).toBe(report);
    const whole = capturedIo();
    const file = join(own.out, directory ?? '', 'result.json');
    await run(['report', file, '--out', own.out, '--verbose'], whole);
    expect(whole.out()).toContain('How it was measured');
  });

  test('gives the same rows, parameters, plans and counters for the same seed, on another server', async () => {
    const facts = async () => {
      await run(['run', ...TINY, '--only', 'by-author', '--out', own.out, '--budget', '1'], capturedIo());
      const { dataset, reads } = await storedResult();
      for (const name of await readdir(own.out)) await rm(join(own.out, name), { recursive: true });
      return {
        checksums: dataset.tables.map(({ sha256 }) => sha256),
        reads: reads.map((read) =>
          read.state === 'measured' ? [read.parameters, read.plans, read.counters, read.answers] : read.error,
        ),
      };
    };
    const once = await facts();
    expect(await facts()).toEqual(once);
  });

  test('measures a read named like a property of every object, and reads with very long names', async () => {
    const suite = join(own.temporary, 'suite.ts');
    const ids = ['constructor', 'a'.repeat(63), 'a'.repeat(64)];
    await writeFile(
      suite,
      `import tiny from ${JSON.stringify(join(import.meta.dirname, 'fixtures/tiny-suite/suite.ts'))};
       const reads = ${JSON.stringify(ids)}.map((id) => ({
         ...tiny.reads[0], id, sql: \`SELECT *, \${id.length} AS length FROM notes WHERE author = $1\`,
       }));
       export default { ...tiny, reads, canaries: ['constructor'], goals: [{ read: 'constructor', atLeast: 1.05 }] };\n`,
    );
    const io = capturedIo();
    const flags = ['--scale', '0.05', '--baseline', 'bare', '--budget', '2', '--out', own.out];
    expect(await run(['run', '--suite', suite, ...flags], io), io.err()).toBe(ExitCode.done);
    await rm(suite);
    const { reads } = await storedResult();
    expect(reads.map(({ id }) => id)).toEqual(ids);
    for (const read of reads)
      expect(read).toMatchObject({ state: 'measured', generic: { state: 'measured' } });
  });
});
