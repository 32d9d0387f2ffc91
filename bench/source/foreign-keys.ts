import { loadModule, type Node } from 'libpg-query';
import { statementsOf } from '../database/sql-file.ts';
import { relationText } from '../model/relation.ts';
import type { LeftOut } from '../model/source.ts';
import { nodesIn, statementsIn } from '../suite/statement-facts.ts';

/** Foreign keys that the rows cannot satisfy. */
interface Unsatisfied {
  /** Tables without rows, as `relationText` writes them. */
  empty: ReadonlySet<string>;
  /** Single keys, and why. */
  named: readonly { table: string; name: string; reason: string }[];
}

/** The SQL without the foreign keys that the rows cannot satisfy. */
export async function withoutForeignKeys(
  sql: string,
  unsatisfied: Unsatisfied,
): Promise<{ sql: string; leftOut: LeftOut[] }> {
  if (unsatisfied.empty.size === 0 && unsatisfied.named.length === 0) return { sql, leftOut: [] };
  await loadModule();
  const leftOut: LeftOut[] = [];
  const kept: string[] = [];
  for (const { text } of await statementsOf({ path: 'schema', text: sql })) {
    const key = foreignKeyIn(text);
    const reason = key && reasonAgainst(key, unsatisfied);
    if (key && reason !== undefined)
      leftOut.push({ object: `foreign key ${key.name} of ${key.table}`, reason });
    else kept.push(`${text};\n`);
  }
  return { sql: kept.join('\n'), leftOut };
}

function reasonAgainst(
  { name, table, refersTo }: ForeignKey,
  { empty, named }: Unsatisfied,
): string | undefined {
  if (empty.has(refersTo)) return `the rows of ${refersTo} are not copied`;
  return named.find((key) => key.name === name && key.table === table)?.reason;
}

interface ForeignKey {
  name: string;
  table: string;
  refersTo: string;
}

interface Range {
  schemaname?: string;
  relname?: string;
}

const textOf = ({ schemaname = 'public', relname = '' }: Range): string =>
  relationText({ schema: schemaname, name: relname });

/** The foreign key that an ALTER TABLE adds. */
function foreignKeyIn(sql: string): ForeignKey | undefined {
  const [statement] = statementsIn(sql) ?? [];
  if (!statement || !('AlterTableStmt' in statement)) return undefined;
  const table = textOf(statement.AlterTableStmt.relation ?? {});
  for (const node of nodesIn(statement)) {
    const { Constraint } = node as { Constraint?: { conname?: string; pktable?: Range } } & Partial<Node>;
    if (Constraint?.pktable)
      return { name: Constraint.conname ?? '', table, refersTo: textOf(Constraint.pktable) };
  }
  return undefined;
}
