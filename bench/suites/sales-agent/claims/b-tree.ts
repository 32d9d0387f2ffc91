import type { Claim } from '../../../suite/claim.ts';
import { byAnswers, judged, notMeasurable, opinion, unanswered } from './evidence.ts';
import { indexCondition, planLines } from './explained.ts';

const section = 'Index Type: B-tree';

/** Scanning the table stays possible, so that an index that cannot serve the condition is still passed over. */
const NO_SCAN = 'SET enable_seqscan = off';

/** PostgreSQL searches an index by each of these conditions. */
const searches = (id: string, quote: string, table: string, conditions: readonly string[]): Claim => ({
  id: `b-tree-${id}`,
  section,
  quote,
  confirmedBy:
    'where a table scan is to be avoided, PostgreSQL searches a B-tree by each of these conditions',
  probe: [NO_SCAN, ...conditions.map((condition) => `EXPLAIN SELECT id FROM ${table} WHERE ${condition}`)],
  judge: byAnswers(([, ...answers]) =>
    answers.map((answer, position) => {
      const found = indexCondition(answer);
      const asked = conditions[position] ?? '';
      return judged(
        found !== undefined,
        found === undefined ? `no index is searched by ${asked}` : `searched by ${found}`,
      );
    }),
  ),
});

const sorting: Claim = {
  id: 'b-tree-sorting',
  section,
  quote: 'Sorting (`ORDER BY`)',
  confirmedBy: 'a query sorted as an index is has an index scan and no sort node',
  probe: [NO_SCAN, 'EXPLAIN SELECT id FROM social_media_activity ORDER BY posted_at DESC LIMIT 20'],
  judge: byAnswers(([, answer]) => {
    const lines = planLines(answer);
    const scan = lines.find((line) => line.includes('ix_social_media_activity_posted_at'));
    const sorts = lines.some((line) => line.includes('Sort'));
    return [
      judged(
        scan !== undefined && !sorts,
        `the plan ${sorts ? 'sorts' : 'needs no sort'}: ${scan ?? 'no index scan'}`,
      ),
    ];
  }),
};

const ICU = 'en-x-icu';

const prefix: Claim = {
  id: 'b-tree-prefix',
  section,
  quote: "Pattern matching with prefix (`LIKE 'prefix%'`)",
  confirmedBy:
    'where a table scan is to be avoided, PostgreSQL searches a B-tree by the prefix, whatever the collation; partly, when it depends on that',
  probe: [
    NO_SCAN,
    'SELECT datlocprovider AS provider, coalesce(datlocale, datcollate) AS locale FROM pg_database WHERE datname = current_database()',
    "EXPLAIN SELECT id FROM leads WHERE company_name LIKE 'Acme%'",
    'CREATE TABLE claim_names AS SELECT company_name::text AS name FROM leads',
    'CREATE INDEX claim_names_c ON claim_names (name COLLATE "C")',
    `EXPLAIN SELECT * FROM claim_names WHERE name COLLATE "C" LIKE 'Acme%'`,
    'DROP INDEX claim_names_c',
    `CREATE INDEX claim_names_icu ON claim_names (name COLLATE "${ICU}")`,
    `EXPLAIN SELECT * FROM claim_names WHERE name COLLATE "${ICU}" LIKE 'Acme%'`,
    'DROP TABLE claim_names',
  ],
  judge: (_, [, database, own, , , plain, , created, icu]) => {
    const [settings] = database?.state === 'answered' ? database.rows : [];
    const locale = settings?.locale ?? 'unknown';
    const served = (what: string, answer: typeof own) => {
      if (answer?.state !== 'answered') return unanswered(answer);
      const condition = indexCondition(answer);
      return judged(
        condition !== undefined,
        `${what}: ${condition === undefined ? 'no index is searched' : `searched by ${condition}`}`,
      );
    };
    return [
      served(`this database's collation (${locale})`, own),
      served('collation "C"', plain),
      created?.state === 'refused'
        ? notMeasurable(`this server has no collation "${ICU}": ${created.message}`)
        : served(`collation "${ICU}"`, icu),
    ];
  },
};

const share: Claim = {
  id: 'b-tree-share',
  section,
  quote: 'should be used for 95% of indexing needs',
  confirmedBy: 'nothing that can be measured: it is advice, and names no source',
  judge: opinion('advice for all of PostgreSQL; the run knows one application'),
};

const noOthers: Claim = {
  id: 'gin-not-needed',
  section: '3. Index Types',
  quote: 'GIN/GiST not needed (no full-text search or JSON queries yet)',
  confirmedBy: 'the application has no such query, which its schema cannot tell',
  judge: opinion(
    "the run does not know the application's queries, only those that the document prints: none of them is one",
  ),
};

/** What the document says that B-trees do. */
export const bTreeClaims = {
  equality: searches('equality', 'Equality comparisons (`=`, `IN`)', 'agent_executions', [
    "status = 'running'",
    "status IN ('running', 'pending')",
  ]),
  range: searches('range', 'Range queries (`<`, `<=`, `>`, `>=`, `BETWEEN`)', 'leads', [
    "updated_at < '2025-10-01'",
    "updated_at <= '2025-10-01'",
    "updated_at > '2025-10-01'",
    "updated_at >= '2025-10-01'",
    "updated_at BETWEEN '2025-10-01' AND '2025-10-02'",
  ]),
  sorting,
  prefix,
  nulls: searches('nulls', 'NULL checks (`IS NULL`, `IS NOT NULL`)', 'agent_executions', [
    'completed_at IS NULL',
    'completed_at IS NOT NULL',
  ]),
  share,
  noOthers,
} as const;
