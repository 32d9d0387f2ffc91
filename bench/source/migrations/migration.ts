import type { SqlFile } from '../../database/sql-file.ts';

/** One migration of a folder, as its tool would apply it. */
export interface Migration {
  /** As messages name it: of its file or its folder. */
  name: string;
  /** With the lines of its file, and the transaction that the tool begins for it. */
  up: SqlFile;
  /** Takes `up` back; undefined where nobody has written it. */
  down?: SqlFile | undefined;
  /** The tool applies it whenever it has changed, after all others. */
  isRepeatable?: true;
  /** Why only the tool can apply it. */
  refusal?: string | undefined;
}

/** What a tool finds in a folder. */
export interface FolderRead {
  /** In the order in which the tool applies them to an empty database. */
  migrations: readonly Migration[];
  /** Such as two migrations of one version: no order is to be trusted then. */
  problems: readonly string[];
}
