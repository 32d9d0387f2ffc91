import { identifierText } from '../model/relation.ts';

/**
 * A table, or a column behind its table, that somebody typed. Without a schema it is looked up as `public`, and then as
 * the statements of the source are.
 *
 * @returns the name that is known; what was typed, where none is
 */
export const typedName = (typed: string, known: ReadonlySet<string>, searchPath: readonly string[]): string =>
  [typed, ...searchPath.map((schema) => `${identifierText(schema)}.${typed}`)].find((name) =>
    known.has(name),
  ) ?? typed;
