import { counted } from '../../format/quantity.ts';
import type { ChosenMigration } from './chosen-migration.ts';

/** Where in its folder a candidate stands, and what of the folder is not applied; undefined for files. */
export function folderText(migration: ChosenMigration): string | undefined {
  if (migration.state === 'files') return undefined;
  const { tool, schema, later } = migration.plan;
  const before = `${tool.title}: ${counted(schema.length, 'migration')} before it`;
  return later.length === 0
    ? before
    : `${before}; not applied, because after it: ${later.map(({ name }) => name).join(', ')}`;
}
