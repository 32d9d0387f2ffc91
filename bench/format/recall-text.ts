import type { Recall } from '../model/counters.ts';
import { counted, percentText } from './quantity.ts';

/** "recall 90.1 % on average, 85.7 % at least over 7 keys", and rows that are wrong. */
export function recallText({ keys, mean, least, surplusRows }: Recall): string {
  const shares =
    keys === 1 ? share(mean) : `${share(mean)} on average, ${share(least)} at least over ${keys} keys`;
  const surplus =
    surplusRows > 0 ? `, and ${counted(surplusRows, 'row')} that the answer before does not have` : '';
  return `recall ${shares}${surplus}`;
}

/** Rounded down: only what is complete reads 100.0 %. */
const share = (value: number): string => percentText(Math.floor(value * 1000) / 1000);
