import { EXACT, type Finding, type FindingState } from '../model/gate.ts';
import type { Night, NightItem } from '../model/night.ts';
import { changeText, count, durationText, significant } from '../format/quantity.ts';
import { whatOf, type ExactDeparture, type TimedDeparture } from './departure.ts';
import type { DatedDeparture } from './series.ts';
import { BAND_NIGHTS, ENOUGH_NIGHTS } from './timing.ts';

/** The meaning of each departure, for the person who has to act on it; the worst first. */
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

/** Later flags override earlier ones. */
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
    certainty: EXACT,
  };
}

/** Enough of a checksum to identify it. */
const exactValue = (value: string | number): string =>
  typeof value === 'number' ? count(value) : value.replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, '$1…');

function timedText(found: TimedDeparture): Text {
  const { shift, band } = found;
  return {
    state: timedState(found),
    what: 'time after',
    usual: bandText(found),
    tonight: tonightText(found),
    change: `${changeText(Math.exp(band.median - shift) - 1)} time`,
    certainty: certaintyOf(found),
  };
}

function timedState({ direction, band, isConfirmed, isSevere, isRepeated }: TimedDeparture): FindingState {
  if (direction === 'better') return 'improved';
  if (direction === 'drifting') return 'drifting';
  const isDue = isConfirmed === true && (isSevere || isRepeated);
  return isDue && band.nights >= ENOUGH_NIGHTS ? 'failed' : 'suspected';
}

function certaintyOf({ direction, band, isConfirmed, isSevere, isRepeated }: TimedDeparture): string {
  if (direction === 'drifting') return `the last ${BAND_NIGHTS} nights against the first ${BAND_NIGHTS}`;
  if (band.nights < ENOUGH_NIGHTS) return `advisory: ${ENOUGH_NIGHTS - band.nights} more nights are needed`;
  if (direction === 'better') return `better than ${band.nights} nights let expect`;
  if (isConfirmed === undefined) return 'not measured a second time';
  if (!isConfirmed) return 'not confirmed by a second measurement';
  if (isSevere) return 'confirmed by a second measurement, both by a quarter or more';
  return isRepeated
    ? 'confirmed by a second measurement, the second night in a row'
    : 'confirmed by a second measurement; fails if the next night finds it again';
}

function tonightText(found: TimedDeparture): string {
  const { item, direction, shift } = found;
  if (direction === 'drifting') return `middle ${timeAt(found, shift)}`;
  return item.timed ? durationText(item.timed.afterMs) : '';
}

/** "0.109 ms, 0.105 to 0.113 ms in 20 nights": the duration that tonight's measurement would have as usual. */
const bandText = (found: TimedDeparture): string =>
  `${timeAt(found, found.band.median)}, ${timeAt(found, found.band.high)} to ${timeAt(found, found.band.low)} in ${found.band.nights} nights`;

/** The duration of tonight's first measurement at another shift. */
const timeAt = ({ item, first }: TimedDeparture, shift: number): string =>
  `${significant((item.timed?.afterMs.point ?? 0) * Math.exp(first - shift))} ms`;
