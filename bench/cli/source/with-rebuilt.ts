import { withConnection } from '../../database/connection.ts';
import { createDatabase } from '../../database/databases.ts';
import { provideExtensions } from '../../database/extensions.ts';
import { catalogLogin } from '../../database/login.ts';
import { applySqlFile } from '../../database/migrate.ts';
import { databaseName, type Site } from '../../database/server.ts';
import type { SqlFile } from '../../database/sql-file.ts';
import { count, counted } from '../../format/quantity.ts';
import type { LeftOut } from '../../model/source.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { Phases } from '../../run/phases.ts';
import { settle } from '../../run/settle.ts';
import { isInstalled } from '../../servers/embedded/server-binaries.ts';
import { BUNDLED_MAJOR } from '../../servers/server-settings.ts';
import { notAsInSource } from '../../../seed/from-statistics/from-statistics.ts';
import { majorOf } from '../../source/dump/dump-header.ts';
import type { SourcePlace } from '../../source/open-source.ts';
import type { MigrationPlan } from '../../source/migrations/read-migrations.ts';
import { describedBy } from '../../source/snapshot/described.ts';
import { loadMadeRows } from '../../source/snapshot/load-made-rows.ts';
import { onMadeSchema } from '../../source/snapshot/on-made-schema.ts';
import type { SnapshotFile } from '../../source/snapshot/read-snapshot.ts';
import type { Io } from '../io.ts';
import { withProgress } from '../with-progress.ts';
import { schemaOfFolder } from './folder-schema.ts';
import { withScratchServer } from './restoring-server.ts';

/** Enough for the statements to find rows: the suite has all of them. */
const MOST_ROWS = 100_000;

/**
 * Rebuilds the database of a snapshot on a private server, at a scale at which it is there soon, and runs `use` with it. Nothing is
 * left of it afterwards, whatever happens in between.
 *
 * @param plan of the folder whose migrations before the candidate make the schema; undefined for the snapshot's own
 */
export const withRebuilt = <T>(
  asked: { snapshot: SnapshotFile; plan: MigrationPlan | undefined },
  io: Pick<Io, 'stderr' | 'env' | 'signal'>,
  use: (place: SourcePlace) => Promise<T>,
): Promise<T> => {
  const { file, snapshot } = asked.snapshot;
  const major = rebuildingMajor(snapshot);
  return withScratchServer(major, io.signal, async (server) => {
    const database = databaseName(server, 'source');
    const site = { server, signal: io.signal };
    const rebuilt = await withProgress(io, (progress) =>
      new Phases(progress, () => undefined).during(
        'rebuild',
        () => rebuiltIn(site, database, asked),
        describeRebuilt,
      ),
    );
    // Its schema and statements are somebody's: no superuser reads it.
    const login = { ...catalogLogin(server.owner(database).url), environment: 'ignored' as const };
    const restored = {
      file: { file, version: snapshot.postgresVersion },
      leftOut: [...otherMajor(snapshot, major), ...rebuilt.leftOut],
      locale: snapshot.locale,
    };
    return use({ login, restored, described: describedBy({ file, snapshot: rebuilt.snapshot }) });
  });
};

/** That of the source, where it is installed. */
function rebuildingMajor({ postgresVersion }: Snapshot): number {
  const major = majorOf(postgresVersion);
  return isInstalled(major) ? major : BUNDLED_MAJOR;
}

const otherMajor = ({ postgresVersion }: Snapshot, major: number): LeftOut[] =>
  majorOf(postgresVersion) === major
    ? []
    : [
        {
          object: `PostgreSQL ${majorOf(postgresVersion)} of the snapshot`,
          reason: `it is rebuilt on PostgreSQL ${major}, because that major is not installed here: plans may be others there`,
        },
      ];

interface RebuiltSnapshot {
  /** On the schema that was built. */
  snapshot: Snapshot;
  rows: number;
  leftOut: LeftOut[];
}

const describeRebuilt = ({ snapshot: { tables }, rows }: RebuiltSnapshot): string =>
  `${counted(tables.length, 'table')}, ${count(rows)} rows of their statistics`;

async function rebuiltIn(
  site: Site,
  database: string,
  { snapshot: file, plan }: { snapshot: SnapshotFile; plan: MigrationPlan | undefined },
): Promise<RebuiltSnapshot> {
  const { snapshot, leftOut } = plan
    ? await onMadeSchema(file.snapshot, await schemaOfFolder(site, file, plan))
    : { snapshot: file.snapshot, leftOut: [] };
  const { schema, locale, unknown } = snapshot;
  const before = sqlOf('schema before rows', schema.beforeRows);
  const after = sqlOf('schema after rows', schema.afterRows);
  await createDatabase(site, database, locale);
  await provideExtensions(site, database, [before, after]);
  const { rows, leftOut: broken } = await withConnection(
    site.server.owner(database),
    site.signal,
    async (connection) => {
      await applySqlFile(connection, before);
      const made = await loadMadeRows(connection, snapshot, MOST_ROWS, site.signal);
      await applySqlFile(connection, after);
      await settle(site, connection);
      return made;
    },
  );
  const unlike = [...leftOut, ...broken, ...schema.leftOut, ...unknown, ...notAsInSource(snapshot)];
  return { snapshot, rows, leftOut: unlike };
}

const sqlOf = (path: string, text: string): SqlFile => ({ path, text });
