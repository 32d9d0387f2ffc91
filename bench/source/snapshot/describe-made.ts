import type { Connection } from '../../database/connection.ts';
import { valuesOf } from '../../database/planner-settings.ts';
import type { Made } from '../../model/likeness.ts';
import type { Planned, Snapshot } from '../../model/snapshot.ts';
import type { Source } from '../open-source.ts';
import { plannerSettings } from '../planner-settings.ts';
import { sourceTables } from '../source-tables.ts';
import { readFanOuts } from './fan-outs.ts';
import { genericPlan } from './generic-plan.ts';
import { readTables } from './snapshot-tables.ts';

/** Tables and foreign keys of a snapshot as they became in the database that was made from it, and its statements planned there with the snapshot's settings. */
export async function describeMade(made: Source, snapshot: Snapshot): Promise<Made> {
  const { connection } = made;
  const names = new Set(snapshot.tables.map(({ name }) => name));
  const tables = (await sourceTables(connection)).filter(({ name }) => names.has(name));
  const described = await readTables(made, tables);
  const { fanOuts } = await readFanOuts(connection, tables, () => undefined);
  return { tables: described.tables, fanOuts, plans: await plansOf(made, snapshot) };
}

async function plansOf({ connection, major }: Source, snapshot: Snapshot): Promise<Planned[]> {
  const searchPath = snapshot.searchPath.schemas;
  const planner = await knownSettings(connection, snapshot);
  const plans: Planned[] = [];
  for (const statement of snapshot.statements)
    plans.push(await genericPlan(connection, statement, { major, searchPath, planner }));
  return plans;
}

/** Another major may lack some. */
async function knownSettings(
  connection: Connection,
  { settings }: Snapshot,
): Promise<Record<string, string>> {
  const known = new Set((await plannerSettings(connection)).map(({ name }) => name));
  return valuesOf(settings.filter(({ name }) => known.has(name)));
}
