import { expect, test } from 'vitest';
import { testSite } from '../../../tests/fixtures/test-server.fixture.ts';
import { BUNDLED_MAJOR } from '../../servers/server-settings.ts';
import { withSource } from '../open-source.ts';
import { everyKind, withTwoDatabases } from '../schema/rebuilding.fixture.ts';
import { parseSnapshot, serializeSnapshot } from './read-snapshot.ts';
import { takeSnapshot } from './take-snapshot.ts';

const { signal } = new AbortController();

test('a database with objects of every kind has a snapshot that is read again', () =>
  withTwoDatabases(testSite(), async (source) => {
    await source.make(everyKind(BUNDLED_MAJOR));
    await source.make(`
      INSERT INTO shop.customers (email, name, tags) SELECT 'MARKER' || i, 'MARKER ' || i, ARRAY['MARKER'] FROM generate_series(1, 50) AS i;
      ANALYZE`);
    await withSource({ login: source.login }, signal, async (opened) => {
      const choice = { tables: undefined, exclude: [] };
      const request = { choice, redact: { keptTexts: [] }, readAt: new Date(), signal };
      const taken = await takeSnapshot(opened, request, {
        during: (_name, work) => work(),
        advanced: () => undefined,
      });
      const text = serializeSnapshot(taken);
      expect(text).not.toContain('MARKER');
      expect(await parseSnapshot(text, 'every-kind.json')).toEqual(taken);
      const customers = taken.tables.find(({ name }) => name === 'shop.customers');
      expect(customers?.columns.find(({ name }) => name === 'email')?.statistics?.bounds).toHaveLength(50);
    });
  }));
