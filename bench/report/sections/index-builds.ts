import { significant } from '../../format/quantity.ts';
import type { IndexBuild } from '../../model/ledger.ts';
import type { Result } from '../../model/result.ts';
import { measuredAccounts } from './ledger.ts';
import { decimal, left, type Section } from './section.ts';

/** What building each index costs concurrent writers. */
export function buildsSection(result: Result): Section {
  const accounts = measuredAccounts(result);
  const columns = ['plain', 'concurrently'].flatMap((group) => [
    { ...decimal('build', 'ms'), group },
    { ...left('lock on the table'), group },
    { ...decimal('longest write', 'ms'), group },
  ]);
  const rows = accounts.map(({ name, builds: { plain, concurrently } }) => [
    name,
    ...[plain, concurrently].flatMap(figuresOf),
    figure(plain.usualWriteMs),
  ]);
  return {
    title: 'Index builds, under writes',
    tables:
      rows.length > 0
        ? [{ caption: undefined, columns: [left('index'), ...columns, decimal('usual write', 'ms')], rows }]
        : [],
    remarks: [
      'each index was built both ways while another session inserted into its table',
      ...leftoverRemark(result),
    ],
  };
}

const figuresOf = (build: IndexBuild | undefined): string[] =>
  build
    ? [figure(build.buildMs), build.lock ?? 'not seen', figure(build.longestWriteMs)]
    : ['', 'not possible: partitioned', ''];

const figure = (value: number | undefined): string => (value === undefined ? '' : significant(value));

function leftoverRemark({ ledger }: Result): string[] {
  if (!ledger?.leftover) return [];
  const { name, error, isValid } = ledger.leftover;
  return [
    `CREATE INDEX CONCURRENTLY ${name}, interrupted on a copy (${error}), left an index of that name ${isValid ? 'that is valid' : 'that is INVALID: writes maintain it, no read uses it, and CREATE INDEX IF NOT EXISTS skips it; DROP INDEX CONCURRENTLY removes it'}`,
  ];
}
