import type { Node } from 'libpg-query';
import { nodesIn } from '../../suite/statement-facts.ts';
import { as, lastName } from '../statements/parameters/tree.ts';
import { functionsIn } from '../statements/user-functions.ts';
import { known, TEXT, type Against } from './against.ts';

/** What is known of the texts of a source. */
export interface KnownTexts {
  ofColumn: (column: Node) => Against | undefined;
  /** Whether PostgreSQL does not have a function of this name itself: its result may be anything. */
  isOwn: (name: string) => boolean;
}

/** The texts of the first column that has any. A value of an hstore is a text. */
export function textsIn(tree: unknown, source: KnownTexts): Against {
  const nodes = [...nodesIn(tree)];
  const found = nodes.flatMap((node) =>
    'ColumnRef' in node ? (source.ofColumn(node as never) ?? 'unknown') : [],
  );
  const texts = found.flatMap((one) => known(one) ?? [])[0];
  const isAnything = found.includes('unknown') || functionsIn(tree).some(source.isOwn);
  if (!texts) return found.length > 0 && !isAnything ? 'no text' : 'unknown';
  const isValue = nodes.some((node) => lastName(as('A_Expr', node)?.name) === '->');
  return isValue && texts.kind === 'hstore' ? TEXT : texts;
}
