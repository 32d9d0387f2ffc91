import { ExactMetric, type NightItem } from '../model/night.ts';
import type { ExactChange, ExactDeparture, IndexedNight } from './departure.ts';

/**
 * How much an exact metric may change from night to night. An `identity` must stay equal. A figure for which `less`
 * or `more` is better may get worse by the larger of a share and an amount.
 */
type Allowance =
  { kind: 'identity' } | { kind: 'figure'; better: 'less' | 'more'; share: number; amount: number };

const identity: Allowance = { kind: 'identity' };
const exactly: Allowance = { kind: 'figure', better: 'less', share: 0, amount: 0 };
const nearly: Allowance = { kind: 'figure', better: 'less', share: 0.01, amount: 0 };

/**
 * Other activity on a server may add one record: a checkpoint, or transactions that fill a page of the commit log.
 */
const walRecords: Allowance = { kind: 'figure', better: 'less', share: 0, amount: 2 };
const hotUpdates: Allowance = { kind: 'figure', better: 'more', share: 0, amount: 0 };

const ALLOWANCES: Readonly<Record<ExactMetric, Allowance>> = {
  presence: identity,
  'rows checksum': identity,
  'answer checksum': identity,
  'index definition': identity,
  validity: identity,
  'plan before': identity,
  'plan after': identity,
  'indexes used': identity,
  'blocks before': exactly,
  'blocks after': exactly,
  'WAL records before': walRecords,
  'WAL records after': walRecords,
  'WAL bytes before': nearly,
  'WAL bytes after': nearly,
  'HOT updates before': hotUpdates,
  'HOT updates after': hotUpdates,
  'bytes before': nearly,
  'bytes after': nearly,
};

/**
 * The exact changes of one item. A changed identity counts as worse until it is accepted. An item that is gone, or
 * could not be measured, has no other change.
 */
export function exactChanges(usual: NightItem, tonight: NightItem | undefined): ExactChange[] {
  if (!isMeasured(usual)) return [];
  if (!tonight) return [absence('missing')];
  if (!isMeasured(tonight)) return [absence('not measured')];
  return ExactMetric.options.flatMap((metric) => {
    const was = usual.exact[metric];
    return was === undefined ? [] : changeOf(metric, was, tonight.exact[metric]);
  });
}

const isMeasured = ({ exact, timed }: NightItem): boolean =>
  timed !== undefined || Object.keys(exact).length > 0;

const absence = (tonight: 'missing' | 'not measured'): ExactChange => ({
  metric: 'presence',
  usual: 'there',
  tonight,
  isWorse: true,
});

function changeOf(
  metric: ExactMetric,
  usual: string | number,
  tonight: string | number | undefined,
): ExactChange[] {
  const allowance = ALLOWANCES[metric];
  const change = (isWorse: boolean): ExactChange[] => [{ metric, usual, tonight, isWorse }];
  if (typeof usual === 'string' || typeof tonight !== 'number' || allowance.kind === 'identity')
    return usual === tonight ? [] : change(true);
  const allowed = Math.max(allowance.amount, allowance.share * usual);
  const worse = allowance.better === 'less' ? tonight - usual : usual - tonight;
  return Math.abs(worse) <= allowed ? [] : change(worse > 0);
}

/** Every exact metric as first seen, or as last accepted. */
export class ExactTrack {
  readonly #reference = new Map<string, NightItem>();

  judge({ items }: IndexedNight): ExactDeparture[] {
    return [...this.#reference.values()].flatMap((usual) =>
      exactChanges(usual, items.get(usual.id)).map((change) => ({
        kind: 'exact' as const,
        item: usual,
        ...change,
      })),
    );
  }

  add({ items }: IndexedNight): void {
    for (const [id, item] of items) {
      const known = this.#reference.get(id);
      this.#reference.set(id, { ...known, ...item, exact: { ...item.exact, ...known?.exact } });
    }
  }

  /** From now on, this metric is compared with the accepted night's, or is accepted as gone. */
  accept(id: string, metric: string, accepted: IndexedNight): void {
    const [known, found] = [this.#reference.get(id), accepted.items.get(id)];
    if (!known) return;
    if (metric === 'presence') {
      this.#reference.delete(id);
      return;
    }
    const values = Object.entries(known.exact).filter(([name]) => name !== metric);
    const accept = Object.entries(found?.exact ?? {}).filter(([name]) => name === metric);
    this.#reference.set(id, { ...known, exact: Object.fromEntries([...values, ...accept]) });
  }
}
