import { describe, expect, test } from 'vitest';
import { GOOSE, NUMBERED, ownFolder } from './own-folder.fixture.ts';

const { read, problemsOf } = ownFolder();

describe('the candidate', () => {
  test('is the last migration, and all before it are the schema', async () => {
    const { candidate, schema, later } = await read(NUMBERED);
    expect([schema.map(({ name }) => name), candidate.name, later]).toEqual([['1_a', '2_b'], '10_c', []]);
  });

  test.each(['2_b', '2_b.sql'])('is another one by its name: %s', async (name) => {
    const { candidate, schema, later } = await read(NUMBERED, { candidate: name });
    expect([schema.length, candidate.name, later.map((one) => one.name)]).toEqual([1, '2_b', ['10_c']]);
  });

  test('is no repeatable migration, unless it is named', async () => {
    const files = { 'V1__a.sql': '', 'V2__b.sql': '', 'R__views.sql': '' };
    expect((await read(files)).candidate.name).toBe('V2__b');
    expect((await read(files, { candidate: 'R__views' })).candidate.name).toBe('R__views');
  });

  test.each([
    ['2_c', 'did you mean "2_b"?'],
    ['_c', 'did you mean "10_c"?'],
    ['_', 'did you mean "1_a" or "2_b" or "10_c"?'],
    ['orders', 'known are 1_a, 2_b, 10_c'],
  ])('has to be one of them: %s', async (candidate, nearest) => {
    expect(await problemsOf(NUMBERED, { candidate })).toEqual([
      `--candidate: DIR has no migration "${candidate}"; ${nearest}`,
    ]);
  });

  test.each([
    [{ 'V1__a.sql': 'CREATE TABLE ${schema}.a ();' }, 'Flyway fills in the placeholder ${schema}'],
    [{ '1_a.sql': GOOSE, '2_b.go': 'package b' }, 'it is written in Go'],
    [{ '1_a.sql': `-- +goose ENVSUB ON\n${GOOSE}` }, 'goose fills in environment variables (ENVSUB ON)'],
    [
      { 'committed/000001.sql': '--! Previous: -\n--! Hash: a\n', 'current.sql': '--! include views.sql' },
      'it includes views.sql, which graphile-migrate commit writes into it',
    ],
  ])('has to be one that PostgreSQL alone can carry out: %j', async (files, reason) => {
    const [problem, ...others] = await problemsOf(files);
    expect(problem).toMatch(/^--migrations: \w+ cannot be measured: /);
    expect(problem?.endsWith(reason)).toBe(true);
    expect(others).toEqual([]);
  });

  test('keeps the lines of its file', async () => {
    const { candidate } = await read({ '1_a.sql': '-- +goose Up\nSELECT 1;\n\n-- +goose Down\nSELECT 2;\n' });
    expect(candidate.up.text).toBe('-- +goose Up\nSELECT 1;\n');
    expect(candidate.down?.text).toBe('\n\n\n-- +goose Down\nSELECT 2;\n');
  });
});
