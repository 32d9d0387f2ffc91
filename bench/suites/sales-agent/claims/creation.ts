import type { Claim, ProbeAnswer } from '../../../suite/claim.ts';
import { sql } from '../sql.ts';
import { judged, rowsOf, unanswered } from './evidence.ts';

const section = '6. Concurrent Index Creation';
const MIGRATION = sql('../../../migrations/007-comprehensive-database-indexes.up.sql');
const INDEX = 'ix_leads_qualified_at';

const concurrent: Claim = {
  id: 'concurrent-creation',
  section,
  quote: 'Concurrent Index Creation',
  confirmedBy:
    'the statements of the candidate say CONCURRENTLY; a plain CREATE INDEX blocks writes until it is done',
  judge: () => {
    const statements = MIGRATION.match(/CREATE INDEX\b/g) ?? [];
    const concurrently = MIGRATION.match(/CREATE INDEX CONCURRENTLY\b/g) ?? [];
    return [
      judged(
        concurrently.length === statements.length,
        `${concurrently.length} of ${statements.length} statements say CONCURRENTLY`,
      ),
    ];
  },
};

const noDuplicates: Claim = {
  id: 'no-duplicate-errors',
  section,
  quote: '**CREATE INDEX IF NOT EXISTS** prevents duplicate errors',
  confirmedBy: 'the whole candidate is applied a second time without an error',
  probe: [MIGRATION],
  judge: (_, [again]) => [
    judged(
      again?.state === 'answered',
      again?.state === 'refused'
        ? `the second time it fails: ${again.message}`
        : 'applied a second time without an error',
    ),
  ],
};

/** Equal for equal indexes. */
const SUM =
  "SELECT md5(string_agg(indexdef, ',' ORDER BY indexname)) AS sum FROM pg_indexes WHERE schemaname = 'public'";

const STATE = `SELECT indisvalid AS valid, pg_get_indexdef(indexrelid) AS definition FROM pg_index WHERE indexrelid = '${INDEX}'::regclass`;

/** What an interrupted CREATE INDEX CONCURRENTLY leaves behind, made by one that duplicates stop. */
const leftover = [
  `DROP INDEX ${INDEX}`,
  `CREATE UNIQUE INDEX CONCURRENTLY ${INDEX} ON leads (industry)`,
  MIGRATION,
  STATE,
  `DROP INDEX ${INDEX}`,
];
const another = [
  `CREATE INDEX ${INDEX} ON leads (created_at)`,
  MIGRATION,
  STATE,
  `DROP INDEX ${INDEX}`,
  MIGRATION,
];

/** The place of the statement in the probe that duplicates stop. */
const STOPPED = 4;

const safe: Claim = {
  id: 'safe-to-repeat',
  section,
  quote: 'Safe to apply migration multiple times',
  confirmedBy: `applied to its own result the candidate changes nothing, and it mends an ${INDEX} that is INVALID or defined differently; partly, when some of this holds`,
  probe: [SUM, MIGRATION, SUM, ...leftover, ...another],
  judge: (_, answers) => {
    const refused = answers.find(({ state }, position) => state !== 'answered' && position !== STOPPED);
    if (refused) return [unanswered(refused)];
    return [
      unchanged(answers[0], answers[2]),
      repaired('an INVALID one', answers[6]),
      repaired('one on another column', answers[10]),
    ];
  },
};

function unchanged(before: ProbeAnswer | undefined, after: ProbeAnswer | undefined) {
  const [was, is] = [rowsOf(before)[0]?.sum, rowsOf(after)[0]?.sum];
  const isSame = was !== undefined && was === is;
  return judged(isSame, `over its own result it ${isSame ? 'changes no index' : 'changes indexes'}`);
}

function repaired(what: string, answer: ProbeAnswer | undefined) {
  const [index] = rowsOf(answer);
  const isSound = index?.valid === 't' && (index.definition ?? '').endsWith('(qualified_at DESC)');
  const state = index?.valid === 't' ? 'valid' : 'INVALID';
  return judged(
    isSound,
    `over ${what} it reports success, and ${INDEX} is ${state}: ${index?.definition ?? 'missing'}`,
  );
}

/** What the document says of the statements that create the indexes. */
export const creationClaims = { concurrent, noDuplicates, safe } as const;
