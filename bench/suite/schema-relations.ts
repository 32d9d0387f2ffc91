import type { Node, RangeVar } from 'libpg-query';
import { relationText } from '../model/relation.ts';
import { nodesIn, relationOf, statementsIn, type Relation } from './statement-facts.ts';

/** The tables, views and the like of a schema. */
export class SchemaRelations {
  readonly #relations: readonly Relation[];

  constructor(relations: readonly Relation[]) {
    this.#relations = relations;
  }

  /** Whether the schema has what a statement names. Without a schema in either, the name alone decides. */
  has({ schema, name }: Relation): boolean {
    if (schema === 'pg_catalog' || schema === 'information_schema' || NOT_FROM_FILES.test(name)) return true;
    return this.#relations.some(
      (known) =>
        known.name === name &&
        (schema === undefined || known.schema === undefined || known.schema === schema),
    );
  }

  /** All of them, those of `public` without their schema. */
  get names(): string[] {
    return [...new Set(this.#relations.map(({ schema = 'public', name }) => relationText({ schema, name })))];
  }
}

/** PostgreSQL's own views and tables, and the sequences that a serial or identity column brings along. */
const NOT_FROM_FILES = /^pg_|_seq$/;

/**
 * What the files of a schema leave behind.
 *
 * @param texts of the files, in the order they are applied
 * @returns undefined where only a server can tell, as after DO or CREATE EXTENSION
 */
export function relationsOf(texts: readonly string[]): SchemaRelations | undefined {
  let relations: Relation[] = [];
  for (const text of texts) {
    const statements = statementsIn(text);
    if (!statements || statements.some(mayDoAnything)) return undefined;
    for (const statement of statements) relations = after(statement, relations);
  }
  return new SchemaRelations(relations);
}

const UNSEEN = ['DoStmt', 'CallStmt', 'ExecuteStmt', 'CreateExtensionStmt', 'ImportForeignSchemaStmt'];

/** What pg_dump calls, which makes nothing. */
const HARMLESS = new Set(['set_config', 'setval']);

function mayDoAnything(statement: Node): boolean {
  if (UNSEEN.some((kind) => kind in statement)) return true;
  if (!('SelectStmt' in statement)) return false;
  const calls = [...nodesIn(statement)].flatMap(({ funcname }) =>
    Array.isArray(funcname) ? [funcname] : [],
  );
  return calls.some((name) => !HARMLESS.has(lastPart(name)));
}

/** Of `schema.name`. */
const lastPart = (name: readonly Node[]): string => {
  const last = name.at(-1);
  return last && 'String' in last ? (last.String.sval ?? '') : '';
};

/** The relations that are there once a statement has been carried out. */
function after(statement: Node, relations: readonly Relation[]): Relation[] {
  if ('DropStmt' in statement) {
    const dropped = (statement.DropStmt.objects ?? []).map((object) =>
      'List' in object ? lastPart(object.List.items ?? []) : '',
    );
    return relations.filter(({ name }) => !dropped.includes(name));
  }
  if ('RenameStmt' in statement) {
    const { renameType, relation, newname } = statement.RenameStmt;
    const isRelation = renameType !== undefined && RELATIONS.has(renameType);
    return isRelation
      ? relations.map((one) => (one.name === relation?.relname ? { ...one, name: newname ?? '' } : one))
      : [...relations];
  }
  if ('AlterObjectSchemaStmt' in statement) {
    const { relation, newschema } = statement.AlterObjectSchemaStmt;
    return relations.map((one) => (one.name === relation?.relname ? { ...one, schema: newschema } : one));
  }
  return [...relations, ...madeBy(statement)];
}

const RELATIONS = new Set<string>([
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_FOREIGN_TABLE',
  'OBJECT_SEQUENCE',
]);

function madeBy(statement: Node): Relation[] {
  if ('CreateSchemaStmt' in statement) return (statement.CreateSchemaStmt.schemaElts ?? []).flatMap(madeBy);
  const made = rangeMadeBy(statement);
  return made ? relationOf({ ...made }) : [];
}

function rangeMadeBy(statement: Node): RangeVar | undefined {
  if ('CreateStmt' in statement) return statement.CreateStmt.relation;
  if ('CreateForeignTableStmt' in statement) return statement.CreateForeignTableStmt.base?.relation;
  if ('CreateTableAsStmt' in statement) return statement.CreateTableAsStmt.into?.rel;
  if ('ViewStmt' in statement) return statement.ViewStmt.view;
  if ('CreateSeqStmt' in statement) return statement.CreateSeqStmt.sequence;
  if ('SelectStmt' in statement) return statement.SelectStmt.intoClause?.rel;
  return undefined;
}
