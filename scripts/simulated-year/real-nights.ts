import { readFileSync } from 'node:fs';
import { Night } from '../../bench/model/night.ts';

export const NIGHTS_FILE = new URL('./nights.jsonl', import.meta.url);

/**
 * Eight runs of the Sales Agent suite on one machine with two cores, over five hours. They show how much times differ
 * from run to run: scans are twice as fast in one as in another. Exact figures are equal in all of them.
 */
export function realNights(): Night[] {
  const lines = readFileSync(NIGHTS_FILE, 'utf8').trim().split('\n');
  const nights = lines.map((line) => Night.parse(JSON.parse(line)));
  const exact = new Map(
    nights
      .flatMap(({ items }) => items.map((item) => [item.id, item] as const))
      .filter(([, { exact }]) => Object.keys(exact).length > 0),
  );
  return nights.map((night) => ({
    ...night,
    items: [...exact.values()].map((item) => ({
      ...item,
      timed: night.items.find(({ id }) => id === item.id)?.timed,
    })),
  }));
}
