import type { SqlFile } from '../database/sql-file.ts';
import type { FileTransaction } from '../model/candidate.ts';
import { plainText } from '../format/plain-text.ts';
import type { Locale } from '../model/locale.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SourceFacts } from '../model/source.ts';
import type { SourceDistribution } from './distribution.ts';
import { Code, Commented, literal } from './literal.ts';
import { agedShare } from './source-tables.ts';
import type { ReplayableRead, ReplayableStatement, ReplayableWrite } from './statements/source-statement.ts';
import {
  AFTER_ROWS,
  BEFORE_ROWS,
  CANDIDATE,
  CANDIDATE_DOWN,
  DISTRIBUTION,
  rowsFile,
  SNAPSHOT,
} from './suite-files.ts';
import type { FilledTable } from './copy-tables.ts';

/** What the text of a suite is made of. */
export interface SuiteContent {
  /** Kebab-case. */
  name: string;
  candidate: string;
  transaction?: FileTransaction | undefined;
  /** Takes the candidate back. */
  down?: SqlFile | undefined;
  copies: readonly FilledTable[];
  /** What the rows are made of; undefined where they are copied. */
  snapshot?: Snapshot | undefined;
  statements: readonly ReplayableStatement[];
  /** Schemas in which names without one are looked up. */
  searchPath: readonly string[];
  locale: Locale;
  /** Of a source that is a cluster. */
  distribution?: SourceDistribution | undefined;
  /** Whether a weight is a number of calls per hour, or only a proportion. */
  weightsAreCalls: boolean;
  facts: SourceFacts;
}

/** The module that a suite folder is loaded by. It is made to be read and edited. */
export function suiteText(content: SuiteContent): string {
  const { name, statements, facts } = content;
  const reads = statements.flatMap((one) => (one.kind === 'read' ? [readLiteral(one)] : []));
  const writes = statements.flatMap((one) => (one.kind === 'write' ? [writeLiteral(one)] : []));
  const suite = {
    name,
    searchPath: content.searchPath,
    locale: content.locale,
    migrations: [BEFORE_ROWS],
    ...(content.distribution && { distribution: DISTRIBUTION }),
    afterRows: [AFTER_ROWS],
    candidate: candidateLiteral(content),
    ...(content.weightsAreCalls && { weightsAre: 'calls per hour' }),
    dataset: content.snapshot ? OF_SNAPSHOT : { tables: content.copies.map(tableLiteral) },
    ...(reads.length > 0 && { reads }),
    ...(writes.length > 0 && { writes }),
    source: facts,
  };
  const imports = [
    'defineSuite',
    ...(writes.length > 0 ? ['drawRow'] : []),
    ...(content.snapshot ? ['fromStatistics'] : []),
  ];
  return `import { ${imports.join(', ')} } from 'index-impact';

/** ${inComment(`Read from PostgreSQL ${facts.postgresVersion} at ${facts.readAt}.`)} */
export default defineSuite(${literal(suite)});
`;
}

/** Text of a file does not end the comment that it stands in. */
const inComment = (text: string): string => plainText(text).replaceAll('*/', '* /');

const OF_SNAPSHOT = new Code(`fromStatistics(new URL('${SNAPSHOT}', import.meta.url))`);

const candidateLiteral = ({ candidate, transaction, down }: SuiteContent): unknown => ({
  name: candidate,
  up: CANDIDATE,
  ...(down && { down: CANDIDATE_DOWN }),
  ...(transaction && { transaction }),
});

const tableLiteral = ({ table, rows }: FilledTable, ordinal: number): unknown => ({
  name: table.name,
  columns: table.columns,
  file: rowsFile(table.name, ordinal),
  rows,
  aged: agedShare(table),
});

const readLiteral = ({ id, title, origin, sql, key, weight, choices }: ReplayableRead): Commented =>
  new Commented(choices, { id, title, source: origin, weight, sql, ...(key && { key: { sql: key.sql } }) });

const writeLiteral = (write: ReplayableWrite): Commented => {
  const { id, title, sql, operation, table, targets, weight, choices, madeUp, eachTargetOnce } = write;
  const comment = [
    ...(madeUp ? ['made up: the source has no such write in its statistics'] : []),
    ...choices,
  ];
  return new Commented(comment, {
    id,
    title,
    weight,
    operation,
    table,
    sql,
    targets,
    ...(eachTargetOnce && { eachTargetOnce }),
    draw: new Code('drawRow'),
  });
};
