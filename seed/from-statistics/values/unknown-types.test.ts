import { expect, test } from 'vitest';
import { withConnection } from '../../../bench/database/connection.ts';
import { snapshotOf } from '../../../tests/fixtures/snapshot-of.ts';
import { freshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { loadTables } from '../../load.ts';
import { fromStatistics, notAsInSource } from '../from-statistics.ts';

const { signal } = new AbortController();

/** Types of which redacted statistics name no value, alone and in arrays. */
const SCHEMA = `
  CREATE TYPE pair AS (a text, b int);
  CREATE TYPE mood AS ENUM ('sad', 'glad');
  CREATE DOMAIN pairs AS pair[];
  CREATE TYPE words AS RANGE (subtype = text);
  CREATE TABLE odd (id int PRIMARY KEY, one pair, all_kept pair[], many pair[] NOT NULL, same pair[] NOT NULL, domain pairs,
    moods mood[], spans int4range[], points point[], wordy words, wordies words[], plans pg_snapshot[], empty mood[]);
  INSERT INTO odd SELECT i, (i, i)::pair, ARRAY[(i, i)::pair], ARRAY[(i, i)::pair, (1, i)::pair], ARRAY[('x', 1)::pair],
    ARRAY[(i, 1)::pair], ARRAY['sad', 'glad']::mood[], ARRAY[int4range(1, i + 1)], ARRAY[point(i, 1)], words('a', 'b' || i),
    ARRAY[words('a', 'b' || i)], ARRAY['10:20:10']::pg_snapshot[], '{}'
  FROM generate_series(1, 400) AS i;
  ANALYZE odd;`;

test.each([
  ['in clear', undefined],
  ['replaced', { keptTexts: [] }],
])(
  'with texts %s, a type of which no value is known has empty arrays or NULL, and is named',
  async (_, redact) => {
    const database = await freshDatabase();
    try {
      await withConnection(database.login, signal, async (connection) => {
        await connection.query(SCHEMA);
        const snapshot = await snapshotOf(connection, { redact });
        await connection.query('TRUNCATE odd');
        const options = { tables: fromStatistics(snapshot), scale: 2, seed: 7, signal };
        await loadTables([connection], options);
        const { rows } = await connection.query('SELECT count(*), count(many) AS many FROM odd');
        expect(rows).toEqual([{ count: '800', many: '800' }]);
        const named = notAsInSource(snapshot).map(({ object }) => object);
        expect(named).toEqual(expect.arrayContaining(['odd.one', 'odd.all_kept', 'odd.many', 'odd.domain']));
        expect(named).not.toContain('odd.points');
      });
    } finally {
      await database.drop();
    }
  },
);
