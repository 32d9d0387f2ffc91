import type { MigrationFolder } from '../folder.ts';
import type { FolderRead } from '../migration.ts';
import type { MigrationTool } from '../tool.ts';
import { upAndDownFiles } from '../up-and-down-files.ts';
import { versionedFiles, type VersionedFile } from '../versions.ts';

const FILE = /^(?<version>\d+)_[^/]*?(\.(?<direction>up|down))?\.sql$/;

const NO_TRANSACTION = '-- no-transaction';

/**
 * SQLx: one file each, or two where there is a way back, in the order of their versions as numbers (docs.rs,
 * sqlx::migrate::MigrationSource). A file that begins with `-- no-transaction` is sent as one message: CREATE INDEX
 * CONCURRENTLY has to be alone in it.
 */
export const sqlx: MigrationTool = {
  name: 'sqlx',
  title: 'SQLx',
  example: '20240131120000_name.sql',
  marks: (path, text) => FILE.test(path) && text.startsWith(NO_TRANSACTION),
  takes: (path) => FILE.test(path),
  surroundings: [{ file: /^sqlx\.toml$/ }, { file: /^Cargo\.toml$/, mentions: 'sqlx' }],
  isLikely: () => false,
  ownTables: ['_sqlx_migrations'],
  read,
};

function read(folder: MigrationFolder): FolderRead {
  return upAndDownFiles(versionedFiles(folder, FILE), carriedOut);
}

const carriedOut = ({ sql }: VersionedFile) => ({
  ...sql,
  transaction: sql.text.startsWith(NO_TRANSACTION) ? ('message' as const) : ('whole' as const),
});
