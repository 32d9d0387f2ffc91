import { ExactMetric, type NightItem } from '../model/night.ts';
import { ALLOWANCES } from './allowances.ts';

/** A metric that is not what it was, beyond its allowance. `tonight` is missing where it was not measured. */
export interface ExactChange {
  metric: ExactMetric;
  usual: string | number;
  tonight: string | number | undefined;
  isWorse: boolean;
}

/**
 * What has changed of one item; an identity that changes counts as worse, for nobody has said that it may. Of an item
 * that is gone, or could not be measured, this is all there is to say.
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
