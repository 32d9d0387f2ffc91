import { readFile, writeFile } from 'node:fs/promises';
import { nightOf } from '../../bench/history/night-of.ts';
import type { Estimate } from '../../bench/model/estimate.ts';
import type { Night, NightItem } from '../../bench/model/night.ts';
import { parseResult } from '../../bench/report/result-file.ts';
import { NIGHTS_FILE } from './real-nights.ts';

/** Makes the real nights again from results of one workload, named on the command line, oldest first. */
const nights = await Promise.all(
  process.argv.slice(2).map(async (file) => nightOf(parseResult(await readFile(file, 'utf8'), file))),
);
const [newest] = nights.slice(-1);
if (!newest) throw new Error('which result.json files?');
await writeFile(
  NIGHTS_FILE,
  nights.map((night) => `${JSON.stringify(brief(night, night === newest))}\n`).join(''),
);

/** Times with significant digits only; exact figures once, because they are equal in all results. */
function brief(night: Night, hasExact: boolean): Night {
  const kept = night.items.filter((item) => hasExact || item.timed);
  return {
    ...night,
    items: kept.map((item) => ({ ...item, exact: hasExact ? item.exact : {}, ...times(item) })),
  };
}

function times({ timed }: NightItem): Pick<NightItem, 'timed'> {
  return timed ? { timed: { ...timed, ratio: rounded(timed.ratio), afterMs: rounded(timed.afterMs) } } : {};
}

function rounded({ point, low, high, ...rest }: Estimate): Estimate {
  const five = (value: number): number => Number(value.toPrecision(5));
  return { ...rest, point: five(point), low: five(low), high: five(high) };
}
