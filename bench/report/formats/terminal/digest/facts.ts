import { ClaimVerdict } from '../../../../model/claim.ts';
import { isQuiet } from '../../../../model/noise.ts';
import { bytes, changeText, counted, ratioText } from '../../../../format/quantity.ts';
import type { ReadResult, WriteResult } from '../../../../model/item-result.ts';
import type { Result, TableStorage } from '../../../../model/result.ts';
import type { ShownRows } from './view.ts';

/** A line: its subject, and what there is to say. */
export interface Fact {
  name: string;
  text: string;
}

/** The lines between the tables and the verdict; each takes one or two lines of this many columns. */
export function factsOf(
  result: Result,
  reads: ShownRows<ReadResult>,
  writes: ShownRows<WriteResult>,
  width: number,
): Fact[] {
  const facts = {
    Storage: storageText(result),
    Canaries: canaryText(result),
    Servers: serversText(result),
    Claims: claimText(result, 2 * width - 20),
    'In the report': elsewhere(result, reads, writes),
  };
  return Object.entries(facts).flatMap(([name, text]) => (text === '' ? [] : [{ name, text }]));
}

function storageText({ run, storage }: Result): string {
  const sum = (tables: readonly TableStorage[], arm: 'before' | 'after'): number =>
    tables.reduce((so, table) => so + table[arm].tableBytes + table[arm].indexBytes, 0);
  return run.baselines
    .map((baseline) => ({ baseline, tables: storage.filter((table) => table.baseline === baseline) }))
    .filter(({ tables }) => sum(tables, 'before') > 0)
    .map(({ baseline, tables }) => {
      const [before, after] = [sum(tables, 'before'), sum(tables, 'after')];
      return `${bytes(before)} -> ${bytes(after)} (${changeText(after / before - 1)}) on ${baseline}`;
    })
    .join('; ');
}

function canaryText({ canaries, servers }: Pick<Result, 'canaries' | 'servers'>): string {
  if (canaries.length === 0) return 'none measured: it is not known how quiet the machine was';
  const noisy = canaries.filter((canary) => !isQuiet(canary));
  const quiet = `${canaries.length - noisy.length} of ${canaries.length} quiet`;
  return noisy.length === 0
    ? `${quiet}: ${servers?.arms === 'stay' ? 'a database measured twice measures' : 'copies without the candidate measure'} alike`
    : `${quiet}; not quiet: ${noisy.map(({ id, baseline }) => `${id} on ${baseline}`).join(', ')}`;
}

function serversText({ servers }: Result): string {
  if (!servers) return '';
  return servers.ratio
    ? `that of --after takes ${ratioText(servers.ratio)} as long without the candidate; no other time has this in it`
    : 'how far they differ is not known';
}

/** The count of each outcome, and the ids of the refuted claims as far as there is room. */
function claimText({ claims }: Result, room: number): string {
  if (claims.length === 0) return '';
  const counts = ClaimVerdict.options
    .map((verdict) => `${claims.filter((claim) => claim.verdict === verdict).length} ${verdict}`)
    .join(', ');
  const refuted = claims.filter(({ verdict }) => verdict === 'refuted').map(({ id }) => id);
  return refuted.length === 0 ? counts : `${counts}; refuted: ${listed(refuted, room - counts.length)}`;
}

/** The first names and a count of the others: "a, b and 3 more". */
function listed(names: readonly string[], room: number): string {
  const fits = (count: number): boolean =>
    names.slice(0, count).join(', ').length + ' and 99 more'.length <= room;
  const most = names.findIndex((_, position) => !fits(position + 1));
  const shown = most === -1 ? names.length : Math.max(1, most);
  const rest = names.length - shown;
  return `${names.slice(0, shown).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Measured items that have no line here. */
function elsewhere(
  { ledger, opportunities, concurrency, longRun }: Result,
  reads: ShownRows<ReadResult>,
  writes: ShownRows<WriteResult>,
): string {
  const statements = (rows: readonly { id: string }[]): number => new Set(rows.map(({ id }) => id)).size;
  const [more, moreWrites] = [statements(reads.others), statements(writes.others)];
  return [
    ...(more > 0 ? [`${counted(more, 'read')} outside the mix`] : []),
    ...(moreWrites > 0 ? [`${counted(moreWrites, 'write')} outside the mix`] : []),
    ...(ledger ? [`an account of ${counted(ledger.accounts.length, 'index', 'indexes')}`] : []),
    ...(opportunities.length > 0 ? [counted(opportunities.length, 'opportunity', 'opportunities')] : []),
    ...(concurrency.length > 0 ? ['concurrent writers'] : []),
    ...(longRun ? ['a long run'] : []),
    'times on the server, tails, counters, plans',
  ].join(', ');
}
