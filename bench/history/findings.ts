import type { Estimate } from '../model/estimate.ts';
import type { Finding, FindingState } from '../model/gate.ts';
import type { Night, NightItem } from '../model/night.ts';
import { changeText, count, durationText, overheadText, ratioText, significant } from '../model/quantity.ts';
import { whatOf, type ExactDeparture, type TimedDeparture } from './departure.ts';
import type { DatedDeparture } from './series.ts';
import { BAND_NIGHTS, type TimedMeasure } from './timing.ts';

/** What departures mean to somebody who has to act on them, the worst first. */
export function findingsOf(night: Night, departures: readonly DatedDeparture[]): Finding[] {
  const order: readonly FindingState[] = ['failed', 'suspected', 'drifting', 'improved'];
  return departures
    .map((found) => findingOf(night, found))
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

function findingOf(night: Night, found: DatedDeparture): Finding {
  const { item, since } = found;
  return {
    item: item.id,
    title: item.title,
    baseline: item.baseline,
    since,
    measure: whatOf(found),
    command: commandFor(night, item),
    ...(found.kind === 'exact' ? exactText(found) : timedText(found)),
  };
}

/** Flags that come later count. */
const commandFor = ({ command }: Night, { only, baseline }: NightItem): string =>
  only === undefined ? command : `${command} --only ${only} --baseline ${baseline ?? 'both'}`;

type Text = Pick<Finding, 'state' | 'what' | 'usual' | 'tonight' | 'change' | 'certainty'>;

function exactText({ metric, usual, tonight, isWorse }: ExactDeparture): Text {
  const isFigure = typeof usual === 'number' && typeof tonight === 'number';
  return {
    state: isWorse ? 'failed' : 'improved',
    what: metric,
    usual: exactValue(usual),
    tonight: tonight === undefined ? 'not measured' : exactValue(tonight),
    change: isFigure && usual > 0 ? changeText(tonight / usual - 1) : 'changed',
    certainty: 'exact',
  };
}

/** Of a checksum, as much as tells it from another. */
const exactValue = (value: string | number): string =>
  typeof value === 'number' ? count(value) : value.replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, '$1…');

function timedText(found: TimedDeparture): Text {
  const { item, measure, value, band } = found;
  return {
    state: timedState(found),
    what: measure === 'ratio' ? (item.timed?.metric ?? 'speedup') : measure,
    usual: bandText(found),
    tonight: found.direction === 'drifting' ? `middle ${figure(found, value)}` : tonightText(found),
    change: `${changeText(Math.exp(band.median - value) - 1)} time`,
    certainty: certaintyOf(found),
  };
}

function timedState({ direction, band, isConfirmed, isSevere, isRepeated }: TimedDeparture): FindingState {
  if (direction === 'better') return 'improved';
  if (direction === 'drifting') return 'drifting';
  const isDue = isConfirmed === true && (isSevere || isRepeated);
  return isDue && band.nights >= BAND_NIGHTS ? 'failed' : 'suspected';
}

function certaintyOf({ direction, band, isConfirmed, isSevere, isRepeated }: TimedDeparture): string {
  if (direction === 'drifting') return `the last ${BAND_NIGHTS} nights against the first ${BAND_NIGHTS}`;
  if (band.nights < BAND_NIGHTS) return `advisory: ${BAND_NIGHTS - band.nights} more nights are needed`;
  if (direction === 'better') return `better than each of ${band.nights} nights`;
  if (isConfirmed === undefined) return 'not measured a second time';
  if (!isConfirmed) return 'a second measurement does not confirm it';
  if (isSevere) return 'confirmed by a second measurement, both by a quarter or more';
  return isRepeated
    ? 'confirmed by a second measurement, the second night in a row'
    : 'confirmed by a second measurement; fails if the next night finds it, too';
}

/** "1.43x, 1.41x to 1.46x in 20 nights", the least first: of a duration and an overhead, that is the better end. */
function bandText(found: TimedDeparture): string {
  const { low, median, high, nights } = found.band;
  const isSpeedup = found.measure === 'ratio' && found.item.timed?.metric === 'speedup';
  const [least, most] = isSpeedup ? [low, high] : [high, low];
  return `${figure(found, median)}, ${figure(found, least)} to ${figure(found, most)} in ${nights} nights`;
}

/** A logarithm as what it stands for. */
function figure({ item, measure }: TimedDeparture, value: number): string {
  if (measure === 'time after') return `${significant(Math.exp(-value))} ms`;
  return item.timed?.metric === 'overhead'
    ? changeText(Math.exp(-value) - 1)
    : `${significant(Math.exp(value))}x`;
}

function tonightText({ item: { timed }, measure }: TimedDeparture): string {
  if (!timed) return '';
  return timeText(measure, timed.metric, measure === 'ratio' ? timed.ratio : timed.afterMs);
}

function timeText(measure: TimedMeasure, metric: 'speedup' | 'overhead', estimate: Estimate): string {
  if (measure === 'time after') return durationText(estimate);
  return metric === 'speedup' ? ratioText(estimate) : overheadText(estimate);
}
