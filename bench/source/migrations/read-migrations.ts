import { UsageError } from '../../model/errors.ts';
import { suggestion } from '../../suite/nearest.ts';
import { changesSince, type Since } from './added-since.ts';
import { detectTool } from './detect-tool.ts';
import { readFolder, type MigrationFolder } from './folder.ts';
import type { Migration } from './migration.ts';
import { together } from './together.ts';
import type { MigrationTool } from './tool.ts';
import { MIGRATION_TOOLS } from './tools.ts';

/** What is asked of a folder. */
export interface MigrationRequest {
  location: string;
  /** Undefined where its content tells. */
  tool: MigrationTool | undefined;
  /** By its name; undefined for the last one. */
  candidate: string | undefined;
}

/** A folder's migrations around what is measured. */
export interface MigrationPlan {
  state: 'planned';
  tool: MigrationTool;
  /** What comes before the candidate, in its order: the schema that it is applied to. */
  schema: readonly Migration[];
  /** Of several migrations all together. */
  candidate: Migration;
  /** The migrations that the candidate is. */
  parts: readonly Migration[];
  /** What comes after it, which is not applied. */
  later: readonly Migration[];
  /** Undefined where nobody asked what a branch adds. */
  since: Since | undefined;
}

/**
 * Reads a folder of migrations.
 *
 * @throws UsageError with all that is wrong with it
 */
export async function readMigrations(request: MigrationRequest): Promise<MigrationPlan> {
  const { location, tool, migrations, problems } = await readAll(request);
  const { candidate } = request;
  const place = candidate === undefined ? lastOf(migrations) : placeOf(candidate, migrations);
  const chosen = migrations[place];
  const ofCandidate = chosen
    ? refusalOf(chosen)
    : [`--candidate: ${unknown(String(candidate), location, migrations)}`];
  if (!chosen || problems.length + ofCandidate.length > 0)
    throw new UsageError([...problems, ...ofCandidate]);
  return {
    state: 'planned',
    ...{ tool, candidate: chosen, parts: [chosen], since: undefined },
    schema: migrations.slice(0, place),
    later: migrations.slice(place + 1),
  };
}

/** A branch that adds no migration. */
export interface NothingAdded {
  state: 'nothing added';
  since: Since;
}

/**
 * Reads a folder of migrations, of which those together are the candidate that a branch adds.
 *
 * @param request since: a commit of git, which the branch has left
 * @throws UsageError with all that is wrong with the folder, or with what git tells of it
 */
export async function readAddedMigrations(
  request: Pick<MigrationRequest, 'location' | 'tool'> & { since: string },
): Promise<MigrationPlan | NothingAdded> {
  const folder = await readAll(request);
  if (folder.problems.length > 0) throw new UsageError(folder.problems);
  const since = await changesSince(request.since, folder);
  const refusals = since.added.flatMap(refusalOf);
  if (refusals.length > 0) throw new UsageError(refusals);
  const [first, ...others] = since.added;
  if (!first) return { state: 'nothing added', since };
  return {
    state: 'planned',
    ...{ tool: folder.tool, since, parts: since.added, candidate: await together([first, ...others]) },
    schema: folder.migrations.filter((one) => !since.added.includes(one)),
    later: [],
  };
}

/** All that a folder has. */
interface WholeFolder {
  location: string;
  tool: MigrationTool;
  migrations: readonly Migration[];
  problems: readonly string[];
}

async function readAll({
  location,
  tool,
}: Pick<MigrationRequest, 'location' | 'tool'>): Promise<WholeFolder> {
  const folder = await readFolder(location);
  const found = tool ?? (await detectTool(folder));
  if (!found) throw new UsageError([`--migrations: ${emptiness(folder)}`]);
  const { migrations, problems } = found.read(folder);
  const inFolder = problems.map((problem) => `--migrations: in ${location}, ${problem}`);
  if (migrations.length === 0)
    throw new UsageError(inFolder.length > 0 ? inFolder : [`--migrations: ${emptiness(folder, found)}`]);
  return { location, tool: found, migrations, problems: inFolder };
}

/** A repeatable one is no step of its own, unless there are no others. */
function lastOf(migrations: readonly Migration[]): number {
  const last = migrations.findLastIndex(({ isRepeatable }) => !isRepeatable);
  return last === -1 ? migrations.length - 1 : last;
}

/** By its name, or by the name of its file. @returns -1 where it is none of them */
function placeOf(typed: string, migrations: readonly Migration[]): number {
  const exact = migrations.findIndex(({ name }) => name === typed);
  return exact === -1 ? migrations.findIndex(({ up }) => up.path.endsWith(`/${typed}`)) : exact;
}

const refusalOf = ({ name, refusal }: Migration): string[] =>
  refusal === undefined ? [] : [`--migrations: ${name} cannot be measured: ${refusal}`];

const MOST_NEAR = 3;

function unknown(typed: string, location: string, migrations: readonly Migration[]): string {
  const names = migrations.map(({ name }) => name);
  const near = names.filter((name) => name.includes(typed)).slice(-MOST_NEAR);
  const nearest =
    near.length > 0
      ? `did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`
      : suggestion(typed, names);
  return `${location} has no migration "${typed}"; ${nearest}`;
}

/** Of a file, or of a folder for each migration. */
const FOLDER_OF = /^(.+?)(?:\/[^/]+\/(?:migration|up|down)|\/[^/]+)\.sql$/;

function emptiness({ location, files }: MigrationFolder, tool?: MigrationTool): string {
  const [below] = [...files.keys()].flatMap((path) => FOLDER_OF.exec(path)?.[1] ?? []);
  const elsewhere = below === undefined ? '' : `; did you mean ${location.replace(/\/$/, '')}/${below}?`;
  if (tool) return `${location} has no migration of ${tool.title}, such as ${tool.example}${elsewhere}`;
  const titles = MIGRATION_TOOLS.map(({ title }) => title).join(', ');
  return `${location} has no migration${elsewhere || `; it takes a folder of ${titles}`}`;
}
