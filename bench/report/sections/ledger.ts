import type { ChargedWrite, IndexEffect, MeasuredAccount } from '../../model/ledger.ts';
import { byteUnit, ratioText, significant } from '../../format/quantity.ts';
import type { Result } from '../../model/result.ts';
import { HOT_LOST_REMARK, hotLostCell, hotRemarks } from './hot-losses.ts';
import { HOURLY_WORTH_REMARK, hourlyWorthTable } from './hourly-worth.ts';
import { decimal, left, right, type Column, type Layout, type Section, type Table } from './section.ts';

/** The account of each index: what it gains, what it costs, and the recommendation. */
export function ledgerSection(result: Result, layout: Layout): Section {
  const { ledger } = result;
  const accounts = measuredAccounts(result);
  const failed = (ledger?.accounts ?? []).filter((account) => account.state === 'failed');
  const tables = [
    accountsTable(accounts, layout),
    ...(layout === 'page' ? [hourlyWorthTable(accounts), reasonsTable(accounts, ledger?.whole ?? [])] : []),
  ];
  return {
    title: 'Index ledger',
    tables: tables.filter(({ rows }) => rows.length > 0),
    remarks: [
      ...remarksFor(layout, ledger?.baseline ?? ''),
      ...(layout === 'page' && accounts.some(({ hour }) => hour) ? [HOURLY_WORTH_REMARK] : []),
      ...(layout === 'page' ? [] : hotRemarks(accounts)),
      ...failed.map(({ name, error }) => `${name}: failed: ${error.message}`),
    ],
  };
}

function remarksFor(layout: Layout, baseline: string): string[] {
  if (layout === 'narrow') return [];
  const always = [
    `on ${baseline}; last: beside all others of the candidate; speedup: the most that a read whose plan it changes gains; WAL: records of one INSERT that are for this index`,
  ];
  if (layout === 'plans apart') return always;
  return [
    ...always,
    "alone: beside the baseline's indexes only",
    'break-even: the index pays from this many served reads for each write; reads equally often, the write is the costliest to its table',
    ...(layout === 'page'
      ? [
          'records in the log: of one INSERT with the whole candidate in place, as pg_walinspect reads them (16 and later)',
          HOT_LOST_REMARK,
        ]
      : []),
  ];
}

/** A column and its value for an account. */
interface Fact {
  column: Column;
  of: (account: MeasuredAccount) => string;
}

function accountsTable(accounts: readonly MeasuredAccount[], layout: Layout): Table {
  const facts = factsFor(layout, byteUnit(accounts.map(({ bytes }) => bytes)));
  return {
    caption: undefined,
    columns: facts.map(({ column }) => column),
    rows: accounts.map((account) => facts.map(({ of }) => of(account))),
  };
}

function factsFor(layout: Layout, size: ReturnType<typeof byteUnit>): Fact[] {
  const name: Fact = { column: left('index'), of: (account) => account.name };
  const verdict: Fact = { column: left('recommendation'), of: recommendationCell };
  if (layout === 'narrow') return [name, verdict];
  const bytes: Fact = { column: decimal('size', size.name), of: (account) => size.of(account.bytes) };
  const last = effectFacts('last', marginalEffect);
  if (layout === 'plans apart') return [name, bytes, ...last, verdict];
  const users: Fact = { column: right('used by'), of: ({ usedBy }) => String(usedBy.length) };
  const even: Fact = { column: left('break-even'), of: breakEvenCell };
  return [name, bytes, users, ...effectFacts('alone', ({ alone }) => alone), ...last, even, verdict];
}

const effectFacts = (group: string, effectOf: (account: MeasuredAccount) => IndexEffect): Fact[] => [
  { column: { ...left('speedup'), group }, of: (account) => bestRead(effectOf(account)) },
  { column: { ...right('WAL'), group }, of: (account) => recordsPerInsert(effectOf(account)) },
];

/** Added as the last of the indexes that are kept. */
const marginalEffect = ({ last, finally: final = last }: MeasuredAccount): IndexEffect => ({
  ...final,
  writes: last.writes,
});

function bestRead({ reads }: IndexEffect): string {
  const [best] = reads.toSorted((a, b) => b.estimate.point - a.estimate.point);
  return best ? ratioText(best.estimate) : '';
}

/** WAL records of one INSERT for the index. */
export function recordsPerInsert({ writes }: IndexEffect): string {
  const counters = writes.find(({ operation }) => operation === 'INSERT')?.counters;
  if (!counters) return '';
  const { before, after } = counters;
  return significant((after.steady.records - before.steady.records) / after.executions);
}

function breakEvenCell({ breakEven }: MeasuredAccount): string {
  if (!breakEven) return '';
  const { point, low, high } = breakEven.readsPerWrite;
  const figure = (value: number): string => String(Number(value.toPrecision(2)));
  return `${figure(point)} [${figure(low)}, ${figure(high)}]`;
}

const recommendationCell = ({ recommendation: { action, other } }: MeasuredAccount): string =>
  action === 'drop' || other === undefined ? action : `${action} ${other}`;

/** The reason, the statements concerned, and what the WAL shows. */
function reasonsTable(accounts: readonly MeasuredAccount[], whole: readonly ChargedWrite[]): Table {
  return {
    caption: 'Reasons',
    columns: [
      left('index'),
      left('recommendation'),
      left('because'),
      left('used by'),
      right('records in the log'),
      left('HOT lost'),
      left('break-even is for'),
    ],
    rows: accounts.map((account) => [
      account.name,
      recommendationCell(account),
      account.recommendation.reason,
      account.usedBy.join(', '),
      recordsInLog(account, whole),
      hotLostCell(account),
      account.breakEven?.write ?? '',
    ]),
  };
}

/**
 * WAL records of one INSERT that touch the index, with the whole candidate in place, read by pg_walinspect (16 and
 * later).
 */
function recordsInLog({ name, table }: MeasuredAccount, whole: readonly ChargedWrite[]): string {
  const inserts = whole.filter((write) => write.operation === 'INSERT' && write.table === table);
  const counters = inserts[0]?.counters?.after;
  const found = counters?.perIndex.find(({ index }) => index === name);
  return counters && found ? significant(found.records / counters.executions) : '';
}

/** The accounts that could be measured. */
export const measuredAccounts = ({ ledger }: Result): MeasuredAccount[] =>
  (ledger?.accounts ?? []).filter((account) => account.state === 'measured');
