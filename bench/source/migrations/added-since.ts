import { realpath } from 'node:fs/promises';
import { UsageError } from '../../model/errors.ts';
import { branchPoint, folderAt, uncommittedFiles } from './folder-at.ts';
import type { Migration } from './migration.ts';
import type { MigrationTool } from './tool.ts';

/** What a branch does to the migrations of a folder. */
interface BranchChanges {
  /** In the order of the tool. */
  added: readonly Migration[];
  /** Names of those that were there already, and have another text now. */
  changed: readonly string[];
  /** Names of those that are no longer there. */
  deleted: readonly string[];
}

/** As a branch leaves a folder, and where it has left its base. */
export interface Since extends BranchChanges {
  /** As it was typed. */
  ref: string;
  /** Names of those added that are in no commit yet. */
  uncommitted: readonly string[];
}

/**
 * What the branch does since it left `ref`. The folder is read as it was there, and both readings are compared: a tool's journal is no
 * migration, and a file that its tool did not take for one may become one.
 *
 * @throws UsageError where git does not know, or one is added before one that was there
 */
export async function changesSince(
  ref: string,
  { location, tool, migrations }: { location: string; tool: MigrationTool; migrations: readonly Migration[] },
): Promise<Since> {
  const point = await branchPoint(location, ref);
  const before = tool.read(await folderAt(point)).migrations;
  const changes = changesBetween(before, migrations);
  const late = outOfOrder(changes, migrations);
  if (late)
    throw new UsageError([
      `--since: ${late}, which ${ref} has: the tool may not apply it; give it a later version`,
    ]);
  const uncommitted = await uncommittedFiles(location, point);
  const isUncommitted = async ({ up }: Migration): Promise<boolean> =>
    uncommitted.has(await realpath(up.path).catch(() => up.path));
  const states = await Promise.all(changes.added.map(isUncommitted));
  return {
    ...changes,
    ref,
    uncommitted: changes.added.filter((_, at) => states[at]).map(({ name }) => name),
  };
}

function changesBetween(before: readonly Migration[], now: readonly Migration[]): BranchChanges {
  const old = new Map(before.map((migration) => [migration.name, migration]));
  const names = new Set(now.map(({ name }) => name));
  const isChanged = ({ name, up }: Migration): boolean => old.has(name) && old.get(name)?.up.text !== up.text;
  return {
    added: now.filter(({ name }) => !old.has(name)),
    changed: now.filter(isChanged).map(({ name }) => name),
    deleted: before.filter(({ name }) => !names.has(name)).map(({ name }) => name),
  };
}

/** A sentence about one that is added before one that was there; undefined where there is none. */
function outOfOrder({ added }: Pick<BranchChanges, 'added'>, now: readonly Migration[]): string | undefined {
  const isNew = (one: Migration): boolean => added.includes(one);
  const last = now.findLast((one) => !isNew(one) && !one.isRepeatable);
  const early = last
    ? now.slice(0, now.indexOf(last)).find((one) => isNew(one) && !one.isRepeatable)
    : undefined;
  return early && last && `${early.name} comes before ${last.name}`;
}
