import type { Claim } from '../../../suite/claim.ts';
import { sql } from '../sql.ts';
import { byRows, judged, notMeasurable, opinion, shareVerdict } from './evidence.ts';
import { blocksRead, explainBlocks, indexCondition, planLines, usesIndex } from './explained.ts';
import { groups } from './groups.ts';

const STATUS_CREATED = 'ix_agent_executions_status_created';
const BY_TIME =
  "SELECT * FROM agent_executions WHERE created_at >= '2024-06-01' AND created_at < '2024-06-02'";
const SORTED = 'SELECT * FROM agent_executions ORDER BY status, created_at DESC LIMIT 10';

/** Each is explained twice: the first execution of a session also reads catalogs. */
const firstColumn: Claim = {
  id: 'first-column-in-where',
  section: 'Low Priority: Composite Indexes',
  quote: 'the first column must be used in the WHERE clause for the index to be effective',
  confirmedBy: `without status in WHERE, ${STATUS_CREATED} spares no blocks of a scan of the whole table`,
  probe: [
    'SET enable_seqscan = off',
    explainBlocks(BY_TIME),
    explainBlocks(BY_TIME),
    explainBlocks(SORTED),
    explainBlocks(SORTED),
    'SET enable_seqscan = on',
    'SET enable_indexscan = off',
    'SET enable_bitmapscan = off',
    explainBlocks(BY_TIME),
    explainBlocks(BY_TIME),
  ],
  judge: (_, answers) => {
    const scan = blocksRead(answers[9]);
    if (Number.isNaN(scan)) return [notMeasurable('the scan of the whole table could not be counted')];
    const cases = [
      { what: 'a range of created_at alone', answer: answers[2] },
      { what: 'sorting without any WHERE', answer: answers[4] },
    ];
    return cases.map(({ what, answer }) => {
      const blocks = blocksRead(answer);
      const searches = planLines(answer).find((line) => line.startsWith('Index Searches: '));
      const isEffective = usesIndex(answer, STATUS_CREATED) && blocks < scan;
      const text = `${what} reads ${blocks} blocks with the index, ${scan} without${searches ? ` (${searches.toLowerCase()})` : ''}`;
      return judged(!isEffective, text);
    });
  },
};

const selectiveFirst: Claim = {
  id: 'most-selective-first',
  section: '2. Composite Index Column Order',
  quote: '**Most selective column first** (highest cardinality)',
  confirmedBy:
    'by ANALYZE, the first column of each of the six composite indexes has at least as many different values as the second; partly, when of some',
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
  judge: (_, answers) => {
    const conditions = answers.map((answer) => {
      const index = groups.composites.find(({ name }) => usesIndex(answer, name));
      const condition = indexCondition(answer);
      return index?.columns[0] !== undefined && condition?.includes(index.columns[0]) ? condition : undefined;
    });
    const found = conditions.filter((condition) => condition !== undefined);
    const text = `${found.length} of the ${printed.length} queries printed for one: ${found.join(', ')}`;
    return [
      { text, verdict: shareVerdict(found.length, printed.length) },
      notMeasurable(
        `the document prints no query for the other ${groups.composites.length - printed.length}`,
      ),
    ];
  },
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
