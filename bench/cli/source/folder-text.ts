import { counted } from '../../format/quantity.ts';
import type { MigrationPlan } from '../../source/migrations/read-migrations.ts';
import { addedText } from '../../source/migrations/since-text.ts';
import { planOf } from './chosen-migration.ts';
import type { SourceOptions } from './options.ts';

/** Where in its folder a candidate stands, and what of the folder is not applied; undefined for files. */
export function folderText({
  migration,
  origin,
}: Pick<SourceOptions, 'migration' | 'origin'>): string | undefined {
  const plan = planOf(migration);
  if (!plan) return undefined;
  const { tool, schema, later, since } = plan;
  if (since) return `${tool.title}, ${addedText(since)}; ${beforeText(schema, origin)}`;
  const before = `${tool.title}: ${beforeText(schema, origin)}`;
  return later.length === 0
    ? before
    : `${before}; not applied, because after it: ${later.map(({ name }) => name).join(', ')}`;
}

const beforeText = (schema: MigrationPlan['schema'], origin: SourceOptions['origin']): string =>
  `${counted(schema.length, 'migration')} before it${origin.kind === 'snapshot' ? ', which make the schema' : ''}`;
