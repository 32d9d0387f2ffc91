import type { NightItem } from '../model/night.ts';
import type { ExactDeparture, IndexedNight } from './departure.ts';
import { exactChanges } from './exact.ts';

/** What every exact metric was when it was first seen, or accepted. */
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

  /** From now on, this metric of the item is what the accepted night found, or no longer there. */
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
