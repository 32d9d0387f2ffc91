import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testSite } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../database/connection.ts';
import { createDatabase, dropDatabase } from '../database/databases.ts';
import { bundledServer } from '../servers/embedded/index.ts';
import { completeSuite } from '../suite/suite.ts';
import type { ReadDefinition, SuiteDefinition } from '../suite/define-suite.ts';
import { fitRequest } from './fit-request.ts';
import type { RunRequest } from './run-request.ts';
import { templateName } from './template.ts';

const site = testSite();
const template = templateName(site.server);

const inTemplate = (sql: string): Promise<unknown> =>
  withConnection(site.server.owner(template), site.signal, (connection) => connection.query(sql));

beforeAll(async () => {
  await createDatabase(site, template);
  await inTemplate(`
    CREATE TABLE notes (id integer PRIMARY KEY, author integer UNIQUE, body text);
    INSERT INTO notes SELECT i, i, 'note' FROM generate_series(1, 5000) AS i`);
  await inTemplate('ANALYZE notes');
});
afterAll(() => dropDatabase(site, template));

const key = { sql: 'SELECT id FROM notes ORDER BY id LIMIT 1' };
const scan = {
  id: 'scan',
  sql: 'SELECT * FROM notes WHERE body = $1',
  key: { sql: 'SELECT body FROM notes LIMIT 1' },
};
const lookUp = { id: 'look-up', sql: 'SELECT * FROM notes WHERE id = $1', key };
const refused = { id: 'refused', sql: 'SELECT missing FROM notes WHERE id = $1', key };
const keyless = { id: 'keyless', sql: 'SELECT 1', key: { sql: 'SELECT id FROM notes WHERE false' } };
const constant = { id: 'constant', sql: 'SELECT 1' };
const writes = (['DELETE', 'UPDATE', 'INSERT', 'INSERT'] as const).map((operation, at) => ({
  id: `write-${at}`,
  table: 'notes',
  operation,
  sql: '',
}));

function requestFor(
  reads: readonly ReadDefinition[],
  { baselines = ['shipped'], ...others }: Partial<SuiteDefinition & Pick<RunRequest, 'baselines'>> = {},
): RunRequest {
  const tables = { dataset: { tables: [] }, migrations: [], candidate: { up: 'c.sql' } };
  return {
    suite: completeSuite({ name: 's', ...tables, reads, writes, ...others }),
    scale: 1,
    seed: 1,
    suitePath: undefined,
    candidatePath: undefined,
    baselines,
    workload: 'headline',
    only: [],
    approximate: [],
    out: '',
    budgetSeconds: 1,
    mix: { reads: 1, writes: 1 },
    server: bundledServer,
    statementTimeoutSeconds: 0,
    settings: {},
    keep: false,
  };
}

describe('the canaries of a suite that names none', () => {
  const canariesOf = async (request: RunRequest, measured: Parameters<typeof fitRequest>[1] = []) =>
    (await fitRequest(request, measured, site)).request.suite.canaries;

  test('are the keyed read of least cost to the planner, the read of most, the first INSERT and the first UPDATE', async () => {
    expect(await canariesOf(requestFor([constant, scan, refused, keyless, lookUp]))).toEqual([
      'look-up',
      'scan',
      'write-2',
      'write-1',
    ]);
  });

  test('are another read where none with a key can be planned', async () => {
    expect(await canariesOf(requestFor([refused, keyless, constant], { writes: [] }))).toEqual(['constant']);
  });

  test('stay those that a run has measured before it goes on', async () => {
    const request = requestFor([scan, lookUp]);
    const [item] = request.suite.reads;
    if (!item) throw new Error('the suite has a read');
    const measured = [{ item, baseline: 'shipped', state: 'measured', pairs: [], disturbances: [] } as const];
    expect(await canariesOf(request, measured)).toEqual(['scan', 'write-2', 'write-1']);
  });

  test('are not asked for where the suite names some, or none on purpose', async () => {
    expect(await canariesOf(requestFor([lookUp], { canaries: ['write-0'] }))).toEqual(['write-0']);
    expect(await canariesOf(requestFor([lookUp], { canaries: [] }))).toEqual([]);
  });

  test('are missed in the report where the suite wants none', async () => {
    const { warnings } = await fitRequest(requestFor([lookUp], { canaries: [] }), [], site);
    expect(warnings.map(({ code }) => code)).toEqual(['no-canary']);
  });
});

describe('two baselines', () => {
  const fitted = async (baselines: RunRequest['baselines']) => {
    const { request, warnings } = await fitRequest(requestFor([lookUp], { baselines }), [], site);
    return { baselines: request.baselines, warnings: warnings.map(({ code }) => code) };
  };

  test('are one where the schema has no index that bare would leave out, and the run says so', async () => {
    expect(await fitted(['shipped', 'bare'])).toEqual({ baselines: ['shipped'], warnings: ['one-baseline'] });
    expect(await fitted(['bare'])).toEqual({ baselines: ['bare'], warnings: [] });
  });

  test('stay two where it has one', async () => {
    await inTemplate('CREATE INDEX ix_notes_body ON notes (body)');
    expect(await fitted(['shipped', 'bare'])).toEqual({ baselines: ['shipped', 'bare'], warnings: [] });
  });
});
