import { mean } from '../model/averages.ts';
import { quantile } from '../analyse/student.ts';
import type { Estimate } from '../model/estimate.ts';
import type { NightTimes } from '../model/night.ts';
import type { NightItems, Pace } from './pace.ts';
import { BAND_NIGHTS, bandOf, departure, FEWEST_NIGHTS, type Band, type NightValue } from './timing.ts';

/** Two measures of an item's speed, as logarithms; larger is faster. */
interface Figures {
  /**
   * Before over after: disturbed by whatever changes the time before, such as scans that share a machine's memory.
   */
  ratio: NightValue;
  /** Relative to tonight's pace: disturbed by whatever changes both arms, such as a disk. */
  timeAfter: NightValue;
}

/** ln(before / after) of a night. */
export const nightRatio = ({ metric, ratio }: NightTimes): NightValue =>
  metric === 'speedup'
    ? { value: Math.log(ratio.point), error: errorOf(ratio) }
    : { value: -Math.log1p(ratio.point), error: errorOf(ratio, 1) };

/** The standard error of ln(value + shift), from the value's interval. */
function errorOf({ low, high, confidence, n }: Estimate, shift = 0): number {
  const reach = (Math.log(high + shift) - Math.log(low + shift)) / 2;
  return reach / quantile(confidence, Math.max(1, n - 1));
}

/** The distance from the usual time: a shift, as a logarithm; larger is faster. */
export interface TimedChange {
  direction: 'worse' | 'better';
  shift: number;
}

/**
 * The usual time of an item, from some nights. A shift is the mean of both measures, weighted by the inverse square
 * of their width in these nights (inverse-variance weighting: Cochran 1954, Biometrics 10, 101-129).
 */
export class UsualTime {
  readonly #figuresIn: (measurements: readonly NightItems[]) => Figures[];
  readonly #ratio: Band;
  readonly #timeAfter: Band;
  /** The band of shifts. */
  readonly band: Band;

  /** @returns undefined where too few of the last nights have timed the item */
  static in(nights: readonly NightItems[], id: string, pace: Pace): UsualTime | undefined {
    const timed = nights.slice(-BAND_NIGHTS).filter((items) => items.get(id)?.timed);
    return timed.length < FEWEST_NIGHTS ? undefined : new UsualTime(timed, id, pace);
  }

  private constructor(nights: readonly NightItems[], id: string, pace: Pace) {
    this.#figuresIn = (measurements) =>
      measurements.flatMap((items) => {
        const timed = items.get(id)?.timed;
        if (!timed) return [];
        return [
          {
            ratio: nightRatio(timed),
            timeAfter: { value: -Math.log(timed.afterMs.point) - pace(items), error: errorOf(timed.afterMs) },
          },
        ];
      });
    const figures = this.#figuresIn(nights);
    this.#ratio = bandOf(figures.map(({ ratio }) => ratio));
    this.#timeAfter = bandOf(figures.map(({ timeAfter }) => timeAfter));
    this.band = bandOf(figures.map((one) => this.#shiftOf(one)));
  }

  /** One for each measurement of the item. */
  shiftsIn(measurements: readonly NightItems[]): number[] {
    return this.#figuresIn(measurements).map((figures) => this.#shiftOf(figures).value);
  }

  #shiftOf({ ratio, timeAfter }: Figures): NightValue {
    const share = shareOf(this.#ratio, this.#timeAfter);
    return {
      value:
        share * (ratio.value - this.#ratio.median) + (1 - share) * (timeAfter.value - this.#timeAfter.median),
      error: Math.hypot(share * ratio.error, (1 - share) * timeAfter.error),
    };
  }

  /**
   * The mean shift of some measurements. An item that is really slower shows it in both measures, unless one of them
   * varies too much to show it. A change in one measure only comes from the machine.
   */
  changeIn(measurements: readonly NightItems[]): TimedChange | undefined {
    const figures = this.#figuresIn(measurements);
    if (figures.length === 0) return undefined;
    const shift = mean(figures.map((one) => this.#shiftOf(one).value));
    const direction = departure(shift, this.band);
    const change = shift - this.band.median;
    const isDoubtful =
      speaksAgainst(change, mean(figures.map(({ ratio }) => ratio.value)), this.#ratio) ||
      speaksAgainst(change, mean(figures.map(({ timeAfter }) => timeAfter.value)), this.#timeAfter);
    return direction === 'usual' || isDoubtful ? undefined : { direction, shift };
  }
}

/** The weight of the one beside the other. */
function shareOf(one: Band, other: Band): number {
  const [own, others] = [one.high - one.low, other.high - other.low];
  return own === others ? 0.5 : others ** 2 / (own ** 2 + others ** 2);
}

function speaksAgainst(change: number, value: number, { low, median, high }: Band): boolean {
  const third = Math.abs(change) / 3;
  const moved = Math.sign(change) * (value - median);
  return moved < third && Math.max(high - median, median - low) < third;
}
