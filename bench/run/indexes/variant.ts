import { withConnection, type Connection } from '../../database/connection.ts';
import { checkpointAll } from '../../database/checkpoint.ts';
import { withClones, type Copy } from '../../database/databases.ts';
import type { Site } from '../../database/server.ts';

/** What makes a variant: statements to execute, or a function that executes them. */
type Change = readonly string[] | ((connection: Connection) => Promise<unknown>);

/** A database that differs from its template by a change. */
export interface Variant {
  template: string;
  change: Change;
}

/**
 * Runs `use` with changed copies of databases. After the checkpoint nothing of the changes is written while something is
 * measured.
 */
export const withVariants = <T>(
  site: Site,
  variants: readonly [Variant, Variant],
  use: (databases: readonly [string, string]) => Promise<T>,
): Promise<T> => {
  const [one, other] = variants;
  return withClones(site, [copyFor(one), copyFor(other)], async (names) => {
    for (const [place, { change }] of variants.entries()) await carryOut(change, names[place] ?? '', site);
    await checkpointAll(site.server);
    return use(names);
  });
};

/** The same with one. */
export const withVariant = <T>(
  site: Site,
  template: string,
  change: Change,
  use: (database: string) => Promise<T>,
): Promise<T> =>
  withClones(site, [copyFor({ template, change })], async ([name]) => {
    await carryOut(change, name, site);
    await checkpointAll(site.server);
    return use(name);
  });

const copyFor = ({ template }: Variant): Copy => ({ template, name: `${template}_variant` });

const carryOut = (change: Change, database: string, { server, signal }: Site): Promise<void> =>
  withConnection(server.owner(database), signal, (connection) => apply(change, connection));

async function apply(change: Change, connection: Connection): Promise<void> {
  if (typeof change === 'function') await change(connection);
  else for (const statement of change) await connection.query(statement);
}
