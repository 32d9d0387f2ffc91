import { expect, test } from 'vitest';
import { siteOf, testSite } from '../../../tests/fixtures/test-server.fixture.ts';
import { withEmbeddedServer } from '../../servers/embedded/embedded.ts';
import { missingMajors } from '../../servers/embedded/other-majors.fixture.ts';
import { BUNDLED_MAJOR, MAJORS, serverSettings } from '../../servers/server-settings.ts';
import { findPgDump } from './find-pg-dump.ts';
import {
  differencesOnceRebuilt,
  everyKind,
  withTwoDatabases,
  type TestDatabase,
} from './rebuilding.fixture.ts';
import { schemaByCatalog } from './schema-by-catalog/schema-by-catalog.ts';
import { schemaByDump } from './schema-by-dump.ts';
import type { SourceSchema } from './source-schema.ts';

const { signal } = new AbortController();

/** Runs `use` with a database that has every kind of object, and an empty one. */
const withSource = (
  major: number,
  use: (source: TestDatabase, rebuilt: TestDatabase) => Promise<void>,
): Promise<void> =>
  withEmbeddedServer({ settings: serverSettings(0.25, major), keep: false, signal, major }, ({ admin }) =>
    withTwoDatabases(siteOf(admin), async (source, rebuilt) => {
      await source.make(everyKind(major));
      await use(source, rebuilt);
    }),
  );

const expectSame = async (
  source: TestDatabase,
  rebuilt: TestDatabase,
  schema: SourceSchema,
): Promise<void> => {
  expect(await differencesOnceRebuilt(source, rebuilt, schema)).toEqual([]);
};

const byDump = async (source: TestDatabase, pgDump: string): Promise<SourceSchema> =>
  source.use((connection) => schemaByDump({ pgDump, login: source.login, connection, signal }));

/** A reason not to run, as the name of a test has it. */
const because = (reason: string | undefined): string => (reason === undefined ? '' : ` (skipped: ${reason})`);

for (const major of MAJORS.filter((one) => one !== BUNDLED_MAJOR)) {
  const missing = missingMajors([major])?.message;
  test.skipIf(missing)(
    `a schema of PostgreSQL ${major} read from the catalog builds the same objects${because(missing)}`,
    () =>
      withSource(major, async (source, rebuilt) =>
        expectSame(source, rebuilt, await source.use(schemaByCatalog)),
      ),
  );
}

const [oldest = BUNDLED_MAJOR] = MAJORS;
const noOldest = missingMajors([oldest])?.message;
test.skipIf(noOldest)(
  `a schema of PostgreSQL ${oldest} builds the same objects on ${BUNDLED_MAJOR}${because(noOldest)}`,
  () =>
    withSource(oldest, (source) =>
      withTwoDatabases(testSite(), async (_, rebuilt) =>
        expectSame(source, rebuilt, await source.use(schemaByCatalog)),
      ),
    ),
);

for (const major of MAJORS) {
  const pgDump = await findPgDump(major, major);
  const missing =
    missingMajors([major])?.message ?? (pgDump ? undefined : `no pg_dump of PostgreSQL ${major}`);
  test.skipIf(missing)(
    `pg_dump and the catalog of PostgreSQL ${major} give the same schema${because(missing)}`,
    () =>
      withSource(major, async (source, rebuilt) => {
        const dumped = await byDump(source, pgDump?.path ?? '');
        await expectSame(source, rebuilt, dumped);
        const read = await source.use(schemaByCatalog);
        expect(dumped.way).toBe('pg_dump');
        expect({ ...dumped, way: 'catalog', beforeRows: '', afterRows: '' }).toEqual({
          ...read,
          beforeRows: '',
          afterRows: '',
        });
      }),
  );
}
