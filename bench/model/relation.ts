/** A table, an index or the like, by the names that the catalog has. */
export interface Relation {
  schema: string;
  name: string;
}

/**
 * How results and reports write a relation: as SQL does, and without its schema where that is `public`. A part with
 * other characters than lower-case letters, digits and underscores is quoted.
 */
export const relationText = ({ schema, name }: Relation): string =>
  schema === 'public' ? identifierText(name) : `${identifierText(schema)}.${identifierText(name)}`;

/** As SQL writes a name, quoted where it has to be. */
export const identifierText = (identifier: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(identifier) ? identifier : quoted(identifier);

/** What `relationText` has written, or somebody has typed: upper case without quotes is kept as it is. */
export function parseRelation(text: string): Relation {
  const [, first = '', second] = /^("(?:[^"]|"")*"|[^".]*)(?:\.(.*))?$/s.exec(text) ?? [undefined, text];
  return second === undefined
    ? { schema: 'public', name: unquoted(first) }
    : { schema: unquoted(first), name: unquoted(second) };
}

/** The same relation however it is typed. */
export const canonicalRelation = (text: string): string => relationText(parseRelation(text));

/** For SQL: with its schema, both quoted. */
export function quotedRelation(text: string): string {
  const { schema, name } = parseRelation(text);
  return `${quoted(schema)}.${quoted(name)}`;
}

/** For SQL. */
export const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

/** A name as SQL writes it. */
export const unquoted = (identifier: string): string =>
  /^".*"$/s.test(identifier) ? identifier.slice(1, -1).replaceAll('""', '"') : identifier;
