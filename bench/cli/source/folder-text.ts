import { counted } from '../../format/quantity.ts';
import { planOf } from './chosen-migration.ts';
import type { SourceOptions } from './options.ts';

/** Where in its folder a candidate stands, and what of the folder is not applied; undefined for files. */
export function folderText({
  migration,
  origin,
}: Pick<SourceOptions, 'migration' | 'origin'>): string | undefined {
  const plan = planOf(migration);
  if (!plan) return undefined;
  const { tool, schema, later } = plan;
  const made = origin.kind === 'snapshot' ? ', which make the schema' : '';
  const before = `${tool.title}: ${counted(schema.length, 'migration')} before it${made}`;
  return later.length === 0
    ? before
    : `${before}; not applied, because after it: ${later.map(({ name }) => name).join(', ')}`;
}
