import { basename, dirname, resolve } from 'node:path';
import { readSqlFile, type SqlFile } from '../../database/sql-file.ts';
import type { FlagReader } from '../../flags/flag-reader.ts';
import { NotAccepted } from '../../flags/values.ts';
import {
  readAddedMigrations,
  readMigrations,
  type MigrationPlan,
  type NothingAdded,
} from '../../source/migrations/read-migrations.ts';
import type { MigrationTool } from '../../source/migrations/tool.ts';
import { MIGRATION_TOOLS } from '../../source/migrations/tools.ts';
import { fileProblem } from '../../system/named-file.ts';
import * as flags from './flags.ts';

/** What is measured. */
export type ChosenMigration =
  | {
      state: 'files';
      /** Of SQL, in their order. */
      paths: readonly string[];
    }
  | { state: 'in a folder'; plan: MigrationPlan };

/** The files on the command line, or what `--migrations` has. What is wrong with them are problems. */
export async function chosenMigration(
  read: FlagReader,
  paths: readonly string[],
): Promise<ChosenMigration | NothingAdded> {
  const location = read.value(flags.migrations);
  const files: ChosenMigration = { state: 'files', paths };
  if (location === undefined) {
    addFileProblems(read, paths);
    return files;
  }
  if (paths.length > 0) read.problemOf('<migration.sql>', 'does not go with --migrations, which has it');
  if (read.isGiven(flags.since) && read.isGiven(flags.candidateInFolder))
    read.problem(flags.since, 'does not go with --candidate: what the branch adds is the candidate');
  const request = { location, tool: namedTool(read) };
  const since = read.value(flags.since);
  const found = await read.collect((): Promise<MigrationPlan | NothingAdded> =>
    since === undefined
      ? readMigrations({ ...request, candidate: read.value(flags.candidateInFolder) })
      : readAddedMigrations({ ...request, since }),
  );
  if (!found) return files;
  return found.state === 'planned' ? { state: 'in a folder', plan: found } : found;
}

/** The tools are loaded with the command, and not with its flags. */
function namedTool(read: FlagReader): MigrationTool | undefined {
  const typed = read.value(flags.tool);
  const found = MIGRATION_TOOLS.find(({ name }) => name === typed);
  if (typed !== undefined && !found) read.problem(flags.tool, NotAccepted.value(typed, TOOL_NAMES).message);
  return found;
}

const TOOL_NAMES = MIGRATION_TOOLS.map(({ name }) => name).join(', ');

function addFileProblems(read: FlagReader, paths: readonly string[]): void {
  if (paths.length === 0)
    read.problemOf(
      '<migration.sql>',
      'is missing; it takes the SQL file of the migration, or --migrations a folder of them',
    );
  for (const problem of paths.flatMap((path) => fileProblem(path) ?? []))
    read.problemOf('<migration.sql>', problem);
  for (const flag of [flags.tool, flags.candidateInFolder, flags.since])
    if (read.isGiven(flag)) read.problem(flag, 'goes with --migrations');
}

/** A file of a candidate, and what messages call it. */
export interface CandidatePart {
  name: string;
  up: SqlFile;
}

/** Several files are one candidate. */
interface CandidateFiles {
  up: SqlFile;
  /** What `up` is made of, each in its own transactions: their places are those that somebody knows. */
  parts: readonly CandidatePart[];
  down?: SqlFile | undefined;
}

export async function candidateFiles(migration: ChosenMigration): Promise<CandidateFiles> {
  if (migration.state === 'in a folder') {
    const { candidate, parts } = migration.plan;
    return { ...candidate, parts };
  }
  const files = await Promise.all(migration.paths.map(readSqlFile));
  const up = { path: migration.paths.join(', '), text: files.map(({ text }) => text).join('\n') };
  return { up, parts: [{ name: candidateName(migration), up }] };
}

/** What its folder has beside it; undefined for files by themselves. */
export const planOf = (migration: ChosenMigration): MigrationPlan | undefined =>
  migration.state === 'in a folder' ? migration.plan : undefined;

/** Whose the candidate is; undefined for files by themselves. */
export const toolOf = (migration: ChosenMigration): MigrationTool | undefined => planOf(migration)?.tool;

/** What the candidate is called: as in its folder, or after its file, or its first file. */
export function candidateName(migration: ChosenMigration): string {
  if (migration.state === 'in a folder') return migration.plan.candidate.name;
  const [first = '', ...others] = migration.paths;
  return others.length === 0 ? fileName(first) : `${fileName(first)} and ${others.length} more`;
}

/** Prisma and others give every migration a folder, and its file always the same name. */
const UNTOLD = ['migration', 'up'];

function fileName(path: string): string {
  const name = basename(path).replace(/(\.up)?\.sql$/, '');
  return UNTOLD.includes(name) ? basename(dirname(resolve(path))) : name;
}
