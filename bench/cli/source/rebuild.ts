import { join } from 'node:path';
import { withConnection } from '../../database/connection.ts';
import { distribute } from '../../database/distribution.ts';
import { localeOf } from '../../database/locale.ts';
import { applySqlFile } from '../../database/migrate.ts';
import { readSqlFile } from '../../database/sql-file.ts';
import type { Locale } from '../../model/locale.ts';
import type { LeftOut } from '../../model/source.ts';
import { applyAfterRows, migrate, templateName } from '../../run/template.ts';
import type { ServerRequest } from '../../servers/target.ts';
import { namingNeed } from '../../source/migrations/missing-need.ts';
import type { MigrationTool } from '../../source/migrations/tool.ts';
import type { SourceDistribution } from '../../source/distribution.ts';
import type { Source } from '../../source/open-source.ts';
import { catalogDifferences } from '../../source/schema/compare-catalogs/compare-catalogs.ts';
import { AFTER_ROWS, BEFORE_ROWS, DISTRIBUTION } from '../../source/suite-files.ts';
import type { CandidatePart } from './chosen-migration.ts';
import { untimedOptions } from './untimed-options.ts';

/** Where a suite is measured. */
export interface MeasuringServer {
  server: ServerRequest;
  /** Undefined where only the server can tell. */
  major?: number;
  /** Such as `embedded PostgreSQL 15`. */
  measuredOn: string;
  /** To aim at for measuring; 0 where nothing is measured yet. */
  budgetSeconds: number;
}

interface Rebuilding {
  /** The migration. */
  parts: readonly CandidatePart[];
  /** Whose it is; undefined for a file by itself. */
  tool: MigrationTool | undefined;
  /** Schemas in which names without one are looked up. */
  searchPath: readonly string[];
  locale: Locale;
  /** Of a source that is a cluster. */
  distribution: SourceDistribution | undefined;
  /** On purpose: no difference. */
  leftOut: readonly LeftOut[];
}

export interface Rebuilt {
  differences: LeftOut[];
  locale: Locale;
}

/**
 * Builds the schema in an empty database of the server that will be measured, holds it against the source, and applies the
 * migration.
 *
 * @returns what differs, and the locale that the server has for it
 * @throws RunError where the server cannot build the schema or apply the migration, with the place
 */
export function rebuild(
  folder: string,
  source: Source,
  { server }: MeasuringServer,
  { parts, tool, searchPath, locale, distribution, leftOut }: Rebuilding,
  signal: AbortSignal,
): Promise<Rebuilt> {
  const schema = { locale, migrations: [join(folder, BEFORE_ROWS)], afterRows: [join(folder, AFTER_ROWS)] };
  return server.open(untimedOptions({ searchPath }, signal), async (opened) => {
    const database = templateName(opened);
    await migrate(opened, database, schema, signal);
    const isSpread = opened.workers.length > 0 && distribution !== undefined;
    return withConnection(opened.owner(database), signal, async (connection) => {
      if (isSpread) await distribute(connection, await readSqlFile(join(folder, DISTRIBUTION)));
      await applyAfterRows(connection, schema);
      const differences = await catalogDifferences(source.connection, connection, leftOut);
      for (const { name, up } of parts)
        await applySqlFile(connection, up).catch((error: unknown) => {
          throw namingNeed(error, { name, tool, schemaOf: 'source' });
        });
      return {
        differences: [
          ...(distribution && !isSpread ? [notSpread(distribution)] : []),
          ...differences.map((difference) => ({ object: difference, reason: 'as it was rebuilt' })),
        ],
        locale: await localeOf(connection),
      };
    });
  });
}

const notSpread = ({ tables }: SourceDistribution): LeftOut => ({
  object: `the distribution of ${tables.join(', ')}`,
  reason: 'they are measured on one machine',
});
