import { count } from '../../../format/quantity.ts';
import type { Claim } from '../../../suite/claim.ts';
import { sql } from '../sql.ts';
import { byAnswers, byRows, judged, notMeasurable, opinion, shareVerdict } from './evidence.ts';
import { blocksRead, explainBlocks, indexCondition, usesIndex } from './explained.ts';
import { groups } from './groups.ts';

const STATUS_CREATED = 'ix_agent_executions_status_created';
const between = (from: string, to: string): string =>
  `SELECT * FROM agent_executions WHERE created_at >= '${from}' AND created_at < '${to}'`;

/** Few rows, many rows, and no condition at all: how much an index spares depends on that. */
const CASES = [
  { what: 'one day of created_at, without status', sql: between('2024-06-01', '2024-06-02') },
  {
    what: 'the last day of created_at, with all that is pending or running',
    sql: between('2025-10-03', '2025-10-04'),
  },
  {
    what: 'sorting and LIMIT without any WHERE',
    sql: 'SELECT * FROM agent_executions ORDER BY status, created_at DESC LIMIT 10',
  },
];

const firstColumn: Claim = {
  id: 'first-column-in-where',
  section: 'Low Priority: Composite Indexes',
  quote: 'the first column must be used in the WHERE clause for the index to be effective',
  confirmedBy: `without status in WHERE, ${STATUS_CREATED} spares no blocks of a scan of the whole table; partly, when it does in some of ${CASES.length} cases`,
  probe: [
    'SET enable_seqscan = off',
    // Explained twice: the first execution of a session also reads catalogs.
    ...CASES.flatMap(({ sql }) => [explainBlocks(sql), explainBlocks(sql)]),
    'SET enable_seqscan = on',
    'SET enable_indexscan = off',
    'SET enable_bitmapscan = off',
    explainBlocks('SELECT * FROM agent_executions'),
    explainBlocks('SELECT * FROM agent_executions'),
  ],
  judge: byAnswers((answers, { environment }) => {
    const scan = blocksRead(answers.at(-1));
    return CASES.map(({ what }, position) => {
      const answer = answers[2 * position + 2];
      const blocks = blocksRead(answer);
      const isEffective = usesIndex(answer, STATUS_CREATED) && blocks < scan;
      return judged(
        !isEffective,
        `${what}: ${count(blocks)} blocks with the index, ${count(scan)} without, on PostgreSQL ${environment.postgresVersion}`,
      );
    });
  }),
};

const selectiveFirst: Claim = {
  id: 'most-selective-first',
  section: '2. Composite Index Column Order',
  quote: '**Most selective column first** (highest cardinality)',
  confirmedBy:
    'in the rows of the run, by ANALYZE, the first column of each of the six composite indexes has at least as many different values as the second; partly, when of some',
  probe: [sql('queries/claims/distinct-values.sql')],
  judge: byRows((rows) => {
    const distinct = new Map(rows.map((row) => [row.column, Number(row.distinct)]));
    const compared = groups.composites.map(({ name, table, columns: [first = '', second = ''] }) => ({
      name,
      columns: `${first} ${distinct.get(`${table}.${first}`)}, ${second} ${distinct.get(`${table}.${second}`)}`,
      holds: (distinct.get(`${table}.${first}`) ?? 0) >= (distinct.get(`${table}.${second}`) ?? 0),
    }));
    const holding = compared.filter(({ holds }) => holds).length;
    const list = compared.map(({ name, columns }) => `${name} (${columns})`).join('; ');
    return [
      {
        text: `${holding} of ${compared.length} have the column with more values first: ${list}`,
        verdict: shareVerdict(holding, compared.length),
      },
    ];
  }),
};

/** The queries that the document prints for a composite index, each read's condition on its leading column. */
const printed = ['example-1', 'example-3', 'example-4'];

const leadingInWhere: Claim = {
  id: 'leading-column-in-where',
  section: '2. Composite Index Column Order',
  quote: 'leading column always in WHERE clause',
  confirmedBy:
    'each query that the document prints for a composite index searches it by a condition on its leading column',
  probe: printed.map((read) => `EXPLAIN ${sql(`queries/${read}.sql`)}`),
  judge: byAnswers((answers) => {
    const conditions = answers.map((answer) => {
      const index = groups.composites.find(({ name }) => usesIndex(answer, name));
      const condition = indexCondition(answer);
      return index?.columns[0] !== undefined && condition?.includes(index.columns[0]) ? condition : undefined;
    });
    const found = conditions.filter((condition) => condition !== undefined);
    const list = found.length > 0 ? `: ${found.join(', ')}` : '';
    const text = `${found.length} of the ${printed.length} queries printed for one${list}`;
    return [
      { text, verdict: shareVerdict(found.length, printed.length) },
      notMeasurable(
        `the document prints no query for the other ${groups.composites.length - printed.length}`,
      ),
    ];
  }),
};

const optimized: Claim = {
  id: 'composites-optimized',
  section: 'Conclusion',
  quote: '**Optimized composite indexes** for complex query patterns',
  confirmedBy: 'nothing that can be measured: the document does not say what optimized would be',
  judge: opinion('an opinion; what the composite indexes win is measured under Composite Indexes'),
};

/** What the document says of composite indexes, apart from how much they win. */
export const compositeClaims = { firstColumn, selectiveFirst, leadingInWhere, optimized } as const;
