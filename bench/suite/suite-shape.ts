import { FileTransaction } from '../model/candidate.ts';
import type { CopiedTable, GeneratedTable, TableSource } from '../model/dataset.ts';
import { Locale } from '../model/locale.ts';
import type { Goal, Mix } from '../model/migration.ts';
import { SourceFacts } from '../model/source.ts';
import type { ExpectedIndex } from '../model/verification.ts';
import type { Claim } from './claim.ts';
import type { DocumentedQuery, OpportunityDefinition, SuiteDefinition } from './define-suite.ts';
import { readShape, writeShape } from './item-shapes.ts';
import { z } from 'zod';
import {
  either,
  functionOf,
  list,
  named,
  number,
  record,
  takes,
  text,
  valueAt,
  type Shape,
} from './shape-parts.ts';
import { fileIn, oneOf, tableIn, type Surroundings } from './surroundings.ts';

/** The shape of a definition. It gives the files their absolute paths, and says what is wrong with each key. */
export const suiteShape = (around: Surroundings) =>
  record('a suite: the value of defineSuite({...})', {
    name: named('the name of the suite'),
    title: text('a few words').optional(),
    searchPath: list('the names of schemas', text('the name of a schema')).optional(),
    locale: Locale.optional(),
    migrations: list('the SQL files of the schema, one or more', fileIn(around)).min(
      1,
      takes('one or more SQL files'),
    ),
    afterRows: list('SQL files that are applied when the rows are loaded', fileIn(around)).optional(),
    distribution: fileIn(around).optional(),
    candidate: record('{ up }: the index migration', {
      name: text('a few words').optional(),
      up: fileIn(around),
      down: fileIn(around).optional(),
      transaction: z.enum(FileTransaction.options, takes("'whole', 'none' or 'message'")).optional(),
    } satisfies Shape<SuiteDefinition['candidate']>),
    dataset: record('{ tables }', {
      tables: list('the tables to fill, one or more', tableShape(around)).min(1, takes('one or more tables')),
      snapshot: fileIn(around).optional(),
      age: fileIn(around).optional(),
    } satisfies Shape<SuiteDefinition['dataset']>),
    reads: list('the reads', readShape(around)).optional(),
    writes: list('the writes', writeShape(around)).optional(),
    canaries: list(
      'ids of reads and writes',
      oneOf('read or write', [...around.reads, ...around.writes]),
    ).optional(),
    concurrentWrite: oneOf('write', around.writes).optional(),
    goals: list('the goals', goalShape(around)).optional(),
    mix: mixShape.optional(),
    weightsAre: z.literal('calls per hour', takes("'calls per hour', or nothing")).optional(),
    opportunities: list('the proposed indexes', opportunityShape(around)).optional(),
    documented: documentedShape.optional(),
    claims: list('the claims', claimShape).optional(),
    source: SourceFacts.optional(),
  } satisfies Shape<SuiteDefinition>);

const tableShape = (around: Surroundings) =>
  either<TableSource>((table) =>
    valueAt(table, 'file') === undefined ? generatedShape(around) : copiedShape(around),
  );

const filledTable = (around: Surroundings) => ({
  name: tableIn(around),
  columns: list('the names of columns, in the order of the cells of a row', text('the name of a column')),
  aged: number(SHARE).min(0, takes(SHARE)).max(1, takes(SHARE)).optional(),
});

const SHARE = 'a share from 0 to 1';

const generatedShape = (around: Surroundings) =>
  record('a table: { name, columns, rowsAtScaleOne, row }', {
    ...filledTable(around),
    rowsAtScaleOne: number('the number of rows at scale 1, more than 0').positive(
      takes('a number of rows, more than 0'),
    ),
    minimum: record('{ rows, reason }', {
      rows: rowCount,
      reason: text('the reason'),
    }).optional(),
    row: functionOf<GeneratedTable['row']>('a function that returns the cells of the row with an ordinal'),
    serial: text('the name of the serial column').optional(),
  } satisfies Shape<GeneratedTable>);

const copiedShape = (around: Surroundings) =>
  record('a table: { name, columns, file, rows }', {
    ...filledTable(around),
    file: fileIn(around, Infinity),
    rows: rowCount,
  } satisfies Shape<CopiedTable>);

const rowCount = number('a number of rows').nonnegative(takes('a number of rows'));

const goalShape = ({ reads }: Surroundings) =>
  record('{ read, atLeast }', {
    read: oneOf('read', reads),
    atLeast: number('a speedup, 1 or more').min(1, takes('a speedup, 1 or more')),
  } satisfies Shape<Goal>);

const share = number('a share, 0 or more').nonnegative(takes('a share, 0 or more'));
const mixShape = record('{ reads, writes }: shares of the statements', {
  reads: share,
  writes: share,
  reason: text('the reason').optional(),
} satisfies Shape<Mix & { reason?: string | undefined }>).refine(({ reads, writes }) => reads + writes > 0, {
  error: 'has neither reads nor writes; it takes shares such as 4 and 1',
});

const opportunityShape = (around: Surroundings) =>
  record('{ title, table, asWritten, nearest }', {
    title: text('a few words'),
    table: tableIn(around),
    asWritten: fileIn(around),
    nearest: fileIn(around),
    reads: list('reads', readShape(around)).optional(),
    writes: list('writes', writeShape(around)).optional(),
  } satisfies Shape<OpportunityDefinition>);

const documentedShape = record('{ indexes, queries }', {
  indexes: list(
    'the indexes',
    record('{ name, table, definition }', {
      name: text('the name of the index'),
      table: text('the name of its table'),
      definition: text('what pg_get_indexdef prints'),
    } satisfies Shape<ExpectedIndex>),
  ).optional(),
  queries: list(
    'the queries',
    record('{ title, sql }', {
      title: text('a few words'),
      sql: text('a query'),
      workingForm: text('a query').optional(),
    } satisfies Shape<DocumentedQuery>),
  ).optional(),
});

const claimShape = record('a claim: { id, section, quote, confirmedBy, judge }', {
  id: named('the id'),
  section: text('a heading of the document'),
  quote: text('the words of the document'),
  confirmedBy: text('the rule to judge by'),
  probe: list('SQL statements', text('an SQL statement')).optional(),
  judge: functionOf<Claim['judge']>('a function that returns the evidence'),
} satisfies Shape<Claim>);
