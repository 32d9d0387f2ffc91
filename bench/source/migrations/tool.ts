import type { MigrationFolder } from './folder.ts';
import type { FolderRead } from './migration.ts';

/** A tool that applies migrations: all that is known of it. */
export interface MigrationTool {
  /** As `--tool` takes it. */
  name: string;
  /** As it calls itself. */
  title: string;
  /** Of a migration: `V1__name.sql`. */
  example: string;
  /** Whether a file is certainly of this tool, by its path in the folder or its text. */
  marks: (path: string, text: string) => boolean;
  /** Whether it takes a file of that path for a migration, or a part of one. */
  takes: (path: string) => boolean;
  /** Files in the folder or above it that tell whose an unmarked folder is. */
  surroundings: readonly Surrounding[];
  /** Whether a folder with such files, some of which it takes, is its own where nothing tells otherwise. */
  isLikely: (paths: readonly string[]) => boolean;
  /** Tables that it makes for itself, without a migration. */
  ownTables: readonly string[];
  read: (folder: MigrationFolder) => FolderRead;
}

interface Surrounding {
  /** Of its name. */
  file: RegExp;
  /** What it has to mention. @default nothing: that it is there is enough */
  mentions?: string;
}
