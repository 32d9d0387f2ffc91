import type { Connection } from '../../../database/connection.ts';
import { findOmitted, NEVER_CARRIED } from '../left-out.ts';
import { materializedViewsInOrder } from '../materialized-views.ts';
import { asScript, type SourceSchema } from '../source-schema.ts';
import { readDependencies } from './dependencies.ts';
import { inOrder, inParts, needsBy } from './in-order.ts';
import type { SchemaObject } from './kind.ts';
import { NOT_WRITTEN } from './not-written.ts';
import { readObjects } from './read-objects.ts';
import { withoutOmitted } from './without-omitted.ts';

/**
 * Reads a schema from the catalogs of PostgreSQL 14 and later, by PostgreSQL's own functions that print definitions. No
 * right on a table is needed. All queries see the same catalogs when the session's transaction is REPEATABLE READ.
 */
export async function schemaByCatalog(connection: Connection): Promise<SourceSchema> {
  const omitted = [...(await findOmitted(connection)), ...(await findOmitted(connection, NOT_WRITTEN))];
  const objects = await readObjects(connection);
  const needs = needsBy(await readDependencies(connection));
  const { kept, leftOut } = withoutOmitted(inOrder(objects, needs), needs, omitted);
  const parts = inParts(kept, needs);
  return {
    way: 'catalog',
    beforeRows: scriptOf(parts.beforeRows),
    afterRows: scriptOf(parts.afterRows),
    materializedViews: await materializedViewsInOrder(connection, leftOut),
    leftOut: [...NEVER_CARRIED, ...leftOut],
  };
}

const scriptOf = (objects: readonly SchemaObject[]): string => asScript(objects.map(({ sql }) => sql));
