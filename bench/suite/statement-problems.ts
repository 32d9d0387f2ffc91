import type { ReadDefinition, WriteDefinition } from './define-suite.ts';
import { suggestion } from './nearest.ts';
import type { SchemaRelations } from './schema-relations.ts';
import { factsOf, type StatementFacts } from './statement-facts.ts';

/** What is wrong with one key of an item, or with a key of that. */
export interface Problem {
  path: string[];
  /** Goes on where the path ends: `is missing; it takes ...`. */
  message: string;
}

/** What a read's SQL says against the rest of it. */
export function readProblems(
  { sql, key }: ReadDefinition,
  relations: SchemaRelations | undefined,
): Problem[] {
  const statement = factsOf(sql);
  const parameters = statement?.parameters ?? 0;
  return [
    ...unknownRelations(['sql'], statement, relations),
    ...transactionProblems(statement),
    ...(key ? keyProblems(key, statement, relations) : []),
    ...(!key && parameters > 0
      ? [about(['key'], `is missing; the statement has $${parameters}: it takes ${KEY}`)]
      : []),
  ];
}

export const KEY =
  '{ sql }: a query on the seeded rows, the columns of whose first row are the values of $1, $2, ...';

function keyProblems(
  { sql, parameters = [] }: NonNullable<ReadDefinition['key']>,
  statement: StatementFacts | undefined,
  relations: SchemaRelations | undefined,
): Problem[] {
  const key = factsOf(sql);
  const [given, taken] = [key?.columns, statement?.parameters];
  return [
    ...unknownRelations(['key', 'sql'], key, relations),
    ...(given !== undefined && taken !== undefined && given !== taken
      ? [
          about(
            ['key', 'sql'],
            `has ${given} in each row, and the statement takes ${taken}: one column for each $n`,
          ),
        ]
      : []),
    ...(key && key.parameters !== parameters.length
      ? [
          about(
            ['key', 'parameters'],
            `has ${parameters.length}, and key.sql takes ${key.parameters}: one value for each $n`,
          ),
        ]
      : []),
  ];
}

/** What a write's SQL says against the rest of it. */
export function writeProblems(
  { sql, operation, targets, draw }: WriteDefinition,
  relations: SchemaRelations | undefined,
): Problem[] {
  const statement = factsOf(sql);
  const listing = targets === undefined ? undefined : factsOf(targets);
  const drawn = targets === undefined ? 0 : 1;
  return [
    ...unknownRelations(['sql'], statement, relations),
    ...transactionProblems(statement),
    ...unknownRelations(['targets'], listing, relations),
    ...(statement?.operation !== undefined && statement.operation !== operation
      ? [
          about(
            ['operation'],
            `"${operation}" is not accepted; the statement is of the kind ${statement.operation}`,
          ),
        ]
      : []),
    ...(operation === 'DELETE' && targets === undefined
      ? [about(['targets'], `is missing; a DELETE takes ${TARGETS}`)]
      : []),
    ...(draw === undefined && needsDraw(statement, operation, drawn)
      ? [about(['draw'], `is missing; it takes ${DRAW}`)]
      : []),
  ];
}

export const TARGETS = 'a query whose single column lists the keys to write to';
export const DRAW = 'a function that returns the values of $1, $2, ..., or for COPY the text to send';

const needsDraw = (
  statement: StatementFacts | undefined,
  operation: WriteDefinition['operation'],
  drawn: number,
): boolean => operation === 'COPY' || (statement !== undefined && statement.parameters > drawn);

const transactionProblems = (statement: StatementFacts | undefined): Problem[] =>
  statement?.limitsTransaction
    ? [about(['sql'], 'begins or ends a transaction; it takes one statement that reads or writes')]
    : [];

const unknownRelations = (
  path: string[],
  statement: StatementFacts | undefined,
  relations: SchemaRelations | undefined,
): Problem[] => {
  if (!relations) return [];
  const unknown = (statement?.relations ?? []).filter((relation) => !relations.has(relation));
  return [...new Set(unknown.map(({ name }) => name))].map((name) => about(path, noTable(name, relations)));
};

export const noTable = (name: string, { names }: SchemaRelations): string =>
  `the schema has no table ${JSON.stringify(name)}; ${suggestion(name, names)}`;

const about = (path: string[], message: string): Problem => ({ path, message });
