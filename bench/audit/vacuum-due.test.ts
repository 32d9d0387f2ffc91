import { describe, expect, test } from 'vitest';
import { execute, findingsOf, found, useFreshDatabase } from './audited-database.fixture.ts';

useFreshDatabase();

describe('tables due for VACUUM or ANALYZE', () => {
  const fill = (table: string, options = '') =>
    execute(
      `CREATE TABLE ${table} (a int) ${options}`,
      `INSERT INTO ${table} SELECT generate_series(1, 1000)`,
    ).then(() => execute(`ANALYZE ${table}`));

  test("are those past autovacuum's thresholds", async () => {
    for (const table of ['"Both"', 'analyze_only', 'neither']) await fill(table);
    await fill('at_once', 'WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0)');
    await execute(
      'DELETE FROM "Both" WHERE a <= 251',
      'DELETE FROM analyze_only WHERE a <= 250',
      'DELETE FROM neither WHERE a <= 150',
      'DELETE FROM at_once WHERE a <= 1',
    );
    expect(new Set(await found('vacuum and analyze'))).toEqual(
      new Set([
        'public."Both": VACUUM (ANALYZE) public."Both";',
        'public.analyze_only: ANALYZE public.analyze_only;',
        'public.at_once: VACUUM public.at_once;',
      ]),
    );
    const [both] = (await findingsOf('vacuum and analyze')).filter(({ what }) => what.includes('Both'));
    expect(both?.why).toMatch(
      /^251 dead rows, due from 250; last VACUUM never; 251 rows changed, due from 150; last ANALYZE \d{4}-/,
    );
  });
});
