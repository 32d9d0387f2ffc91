import { askCatalog } from '../../../database/ask-catalog.ts';
import type { Connection } from '../../../database/connection.ts';
import { objectText } from '../catalog-sql.ts';
import type { LeftOut } from '../../../model/source.ts';
import { CODE } from './compared-code.ts';
import type { ComparedKind } from './compared-kind.ts';
import { RELATIONS } from './compared-relations.ts';
import { RULES_OF_TABLES } from './compared-rules.ts';
import { TYPES_AND_SCHEMAS } from './compared-types.ts';
import { differenceOf } from './difference.ts';

const KINDS = [...TYPES_AND_SCHEMAS, ...CODE, ...RELATIONS, ...RULES_OF_TABLES];

/**
 * What a rebuilt database has not, or has otherwise, or has in addition: one line for each object of the users' schemas.
 * Owners, privileges and the order of columns do not count.
 *
 * @param leftOut what is known to be missing, and is not told again
 */
export async function catalogDifferences(
  source: Connection,
  rebuilt: Connection,
  leftOut: readonly LeftOut[] = [],
): Promise<string[]> {
  const isSameMajor = (await majorOf(source)) === (await majorOf(rebuilt));
  const known = new Set(leftOut.map(({ object }) => object));
  const differences: string[] = [];
  for (const kind of KINDS.map((one) => (isSameMajor ? one : acrossMajors(one)))) {
    const [expected, found] = [await definitions(source, kind), await definitions(rebuilt, kind)];
    for (const object of new Set([...expected.keys(), ...found.keys()])) {
      const [was, is] = [expected.get(object), found.get(object)];
      if (known.has(object) || known.has((was ?? is)?.relation ?? '')) continue;
      if (was === undefined || is === undefined) known.add(object);
      differences.push(...differenceOf(object, was?.definition, is?.definition));
    }
  }
  return differences;
}

async function majorOf(connection: Connection): Promise<number> {
  const [row] = await askCatalog<{ version: string }>(
    connection,
    `SELECT current_setting('server_version_num') AS version`,
  );
  return Math.floor(Number(row?.version) / 10_000);
}

const acrossMajors = (kind: ComparedKind): ComparedKind => {
  if (kind.acrossMajors === 'presence') return { ...kind, definition: `''` };
  return kind.acrossMajors === 'nothing' ? { ...kind, rows: 'WHERE false' } : kind;
};

interface Compared {
  object: string;
  definition: string;
  /** What the object is part of. */
  relation: string | null;
}

/** Every object of a kind. */
async function definitions(
  connection: Connection,
  { catalog, rows, definition, relation = 'NULL::oid', column }: ComparedKind,
): Promise<ReadonlyMap<string, Compared>> {
  const object =
    column === undefined ? objectText(catalog, 'o.oid') : objectText('pg_class', relation, column);
  const found = await askCatalog<Compared>(
    connection,
    `SELECT ${object} COLLATE "C" AS object, coalesce(${definition}, '') AS definition,
            ${objectText('pg_class', relation)} AS relation
     FROM ${catalog} o ${rows}
     ORDER BY object`,
  );
  return new Map(found.map((row) => [row.object, row]));
}
