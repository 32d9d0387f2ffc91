import { catalogLogin, STATEMENT_TIMEOUT } from '../../database/login.ts';
import { databaseName } from '../../database/server.ts';
import { count, counted } from '../../format/quantity.ts';
import type { LeftOut } from '../../model/source.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { Phases } from '../../run/phases.ts';
import { isInstalled } from '../../servers/embedded/server-binaries.ts';
import { BUNDLED_MAJOR } from '../../servers/server-settings.ts';
import { majorOf } from '../../source/dump/dump-header.ts';
import type { SourcePlace } from '../../source/open-source.ts';
import type { MigrationPlan } from '../../source/migrations/read-migrations.ts';
import { describedBy } from '../../source/snapshot/described.ts';
import type { SnapshotFile } from '../../source/snapshot/read-snapshot.ts';
import type { Io } from '../io.ts';
import { withProgress } from '../with-progress.ts';
import { rebuildSnapshot, type RebuiltSnapshot } from './rebuild-snapshot.ts';
import { withScratchServer } from './restoring-server.ts';

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
  return withScratchServer({ major, statementTimeout: STATEMENT_TIMEOUT }, io.signal, async (server) => {
    const database = databaseName(server, 'source');
    const site = { server, signal: io.signal };
    const rebuilt = await withProgress(io, (progress) =>
      new Phases(progress, () => undefined).during(
        'rebuild',
        () => rebuildSnapshot(site, database, asked),
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

const describeRebuilt = ({ snapshot: { tables }, rows }: RebuiltSnapshot): string =>
  `${counted(tables.length, 'table')}, ${count(rows)} rows of their statistics`;
