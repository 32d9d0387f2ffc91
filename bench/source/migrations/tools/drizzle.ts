import { z } from 'zod';
import type { SqlFile } from '../../../database/sql-file.ts';
import { UsageError } from '../../../model/errors.ts';
import { checkShape, parseJson } from '../../../system/untrusted-json.ts';
import type { MigrationFolder } from '../folder.ts';
import type { FolderRead } from '../migration.ts';
import { sqlFolders } from '../sql-folders.ts';
import type { MigrationTool } from '../tool.ts';

const JOURNAL = 'meta/_journal.json';

/**
 * Drizzle: the files that its journal names, in the order of the journal (drizzle-orm, migrator.ts); since 1.0 a folder each,
 * in the order of their names. `--> statement-breakpoint` is a comment to PostgreSQL. All is carried out in one
 * transaction. It has no way back.
 */
export const drizzle: MigrationTool = {
  name: 'drizzle',
  title: 'Drizzle',
  example: '0000_name.sql, with meta/_journal.json',
  marks: (path, text) =>
    path === JOURNAL || /^[^/]+\/snapshot\.json$/.test(path) || /^--> statement-breakpoint/m.test(text),
  takes: (path) => /^\d+_[^/]*\.sql$/.test(path) || /^[^/]+\/migration\.sql$/.test(path),
  surroundings: [{ file: /^drizzle\.config\.\w+$/ }],
  isLikely: () => false,
  ownTables: ['__drizzle_migrations'],
  read: (folder) => (folder.files.has(JOURNAL) ? readJournal(folder) : readFolders(folder)),
};

const inTransaction = (sql: SqlFile): SqlFile => ({ ...sql, transaction: 'whole' });

function readFolders(folder: MigrationFolder): FolderRead {
  const { found } = sqlFolders(folder, 'migration.sql');
  const loose = [...folder.files.keys()].filter((path) => /^\d+_[^/]*\.sql$/.test(path));
  return {
    migrations: found.map(({ name, sql }) => ({ name, up: inTransaction(sql) })),
    problems: loose.map((path) => `${path} is in no journal: there is no ${JOURNAL}`),
  };
}

const Journal = z.object({ entries: z.array(z.object({ tag: z.string() })) });

function readJournal({ files }: MigrationFolder): FolderRead {
  const journal = journalIn(files.get(JOURNAL));
  if (journal.state === 'refused') return { migrations: [], problems: journal.problems };
  const { tags } = journal;
  const others = [...files.keys()].filter(
    (path) => drizzle.takes(path) && !tags.includes(path.replace(/\.sql$/, '')),
  );
  return {
    migrations: tags.flatMap((name) => {
      const sql = files.get(`${name}.sql`);
      return sql ? [{ name, up: inTransaction(sql) }] : [];
    }),
    problems: [
      ...tags
        .filter((tag) => !files.has(`${tag}.sql`))
        .map((tag) => `${JOURNAL} names ${tag}, and there is no ${tag}.sql`),
      ...tags
        .filter((tag, place) => tags.indexOf(tag) !== place)
        .map((tag) => `${JOURNAL} names ${tag} twice`),
      ...others.map((path) => `${path} is not in ${JOURNAL}`),
    ],
  };
}

type JournalRead = { state: 'read'; tags: string[] } | { state: 'refused'; problems: readonly string[] };

function journalIn(file: SqlFile | undefined): JournalRead {
  try {
    const value = parseJson(file?.text ?? '', JOURNAL);
    const { entries } = checkShape(value, Journal, JOURNAL, 'the journal');
    return { state: 'read', tags: entries.map(({ tag }) => tag) };
  } catch (error) {
    if (error instanceof UsageError) return { state: 'refused', problems: error.problems };
    throw error;
  }
}
