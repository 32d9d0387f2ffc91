import { ExactMetric, type NightItem } from '../model/night.ts';
import { ALLOWANCES } from './allowances.ts';

/** A metric that is not what it was, beyond its allowance. `tonight` is missing where it was not measured. */
export interface ExactChange {
  metric: ExactMetric;
  usual: string | number;
  tonight: string | number | undefined;
  isWorse: boolean;
}

/** What has changed of one item; an identity that changes counts as worse, for nobody has said that it may. */
export const exactChanges = (usual: NightItem, tonight: NightItem | undefined): ExactChange[] =>
  ExactMetric.options.flatMap((metric) => {
    const was = usual.exact[metric];
    return was === undefined ? [] : changeOf(metric, was, tonight?.exact[metric]);
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
