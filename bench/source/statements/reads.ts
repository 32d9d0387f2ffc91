import type { Node } from 'libpg-query';
import type { SourceCatalog } from './catalog.ts';
import { choicesOf } from './choices.ts';
import { titleOf, wordsOf, type Names } from './names.ts';
import { literal } from './observed-literal.ts';
import { drawOf, keyQueryOf } from './parameters/key-query.ts';
import { levelsOf, type Levels } from './parameters/levels.ts';
import { numbersIn } from './parameters/places.ts';
import { rewritten, withoutLocks } from './parameters/rewrite.ts';
import { sharesOf, type TemperaturePart } from './parameters/temperatures.ts';
import { onlyStatement } from './parameters/tree.ts';
import { Unresolved } from './parameters/use.ts';
import type { ObservedStatement, ReplayableRead } from './source-statement.ts';

/**
 * A read of the source as one item, or as three: with a frequent, a typical and a rare value.
 *
 * @param share of the execution time
 * @throws Unresolved
 */
export function replayableReads(
  observed: ObservedStatement,
  share: number,
  catalog: SourceCatalog,
  names: Names,
): ReplayableRead[] {
  const sql = withoutLocks(observed.sql);
  const statement = onlyStatement(sql);
  if (!statement) throw new Unresolved('without its row locks it is not a statement');
  const notes = sql === observed.sql ? [] : ['it is measured without its row locks'];
  const given = valuesGiven(observed);
  const read = { sql, statement, share, catalog, names, observed };
  if (given !== undefined || numbersIn(statement).size === 0) return [verbatim(read, given, notes)];
  const levels = levelsOf(statement, catalog);
  return sharesOf(levels, catalog).map((part) => withTemperature(read, levels, part, notes));
}

interface Read {
  sql: string;
  statement: Node;
  share: number;
  catalog: SourceCatalog;
  names: Names;
  observed: ObservedStatement;
}

/** A query for the values that a log or a file has. */
const valuesGiven = ({ key, values }: ObservedStatement): string | undefined =>
  key ?? (values && values.length > 0 ? `SELECT ${values.map(literal).join(', ')}` : undefined);

function verbatim(read: Read, key: string | undefined, choices: readonly string[]): ReplayableRead {
  const { sql, statement, share, observed, names } = read;
  const words = wordsOf(statement, []);
  return {
    kind: 'read',
    ...{ id: names.idOf(words), title: names.titleOf(observed.title ?? titleOf(words), sql), sql },
    ...(key !== undefined && { key: { sql: key } }),
    ...{ weight: observed.weight, share, origin: observed.origin },
    choices: key === undefined ? choices : [...choices, originOfValues(observed)],
  };
}

const originOfValues = ({ key, origin }: ObservedStatement): string =>
  key === undefined
    ? `its values are literals of an execution in ${origin}: somebody's data`
    : `its values are those of ${origin}`;

const TITLES = { hot: 'a frequent value', median: 'a typical value', cold: 'a rare value' };

function withTemperature(
  read: Read,
  levels: Levels,
  part: TemperaturePart,
  notes: readonly string[],
): ReplayableRead {
  const { observed, catalog, names } = read;
  const draw = drawOf(levels.scopes, catalog, part.temperature);
  const numbers = levels.drawn.map(({ number }) => number);
  const words = wordsOf(read.statement, levels.drawn);
  const title = names.titleOf(observed.title ?? titleOf(words), read.sql);
  const several = part.isOneOfSeveral;
  return {
    kind: 'read',
    id: names.idOf(several ? [...words, part.temperature] : words),
    title: several ? `${title}: ${TITLES[part.temperature]}` : title,
    sql: rewritten(read.sql, levels.uses, numbers),
    ...(numbers.length > 0 && { key: { sql: keyQueryOf(draw, numbers) } }),
    origin: observed.origin,
    weight: observed.weight * part.share,
    share: read.share * part.share,
    choices: [...notes, ...choicesOf(levels, catalog, part)],
  };
}
