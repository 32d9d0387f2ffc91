import type { NightTimes } from '../model/night.ts';
import type { NightItems, Pace } from './pace.ts';
import { BAND_NIGHTS, bandOf, departure, FEWEST_NIGHTS, mean, type Band } from './timing.ts';

/** Both figures that tell how long an item takes, as logarithms, larger when it is faster. */
interface Figures {
  /** Of before to after: spoilt by what moves the time before, as where scans share a machine's memory. */
  ratio: number;
  /** At the pace of tonight: spoilt by what moves both arms, such as a disk. */
  timeAfter: number;
}

/** ln(before / after). */
export const logRatio = ({ metric, ratio }: NightTimes): number =>
  metric === 'speedup' ? Math.log(ratio.point) : -Math.log1p(ratio.point);

/** How far measurements lie from what is usual: a shift, as a logarithm, larger when it is faster. */
export interface TimedChange {
  direction: 'worse' | 'better';
  shift: number;
}

/**
 * What an item usually takes, as some nights have found it. A shift is the mean of what both figures say, weighted by the
 * inverse square of the width that they have in these nights (inverse-variance weighting: Cochran 1954, Biometrics 10,
 * 101-129).
 */
export class UsualTime {
  readonly #figuresIn: (measurements: readonly NightItems[]) => Figures[];
  readonly #ratio: Band;
  readonly #timeAfter: Band;
  /** Of shifts. */
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
        return [{ ratio: logRatio(timed), timeAfter: -Math.log(timed.afterMs.point) - pace(items) }];
      });
    const figures = this.#figuresIn(nights);
    this.#ratio = bandOf(figures.map(({ ratio }) => ratio));
    this.#timeAfter = bandOf(figures.map(({ timeAfter }) => timeAfter));
    this.band = bandOf(this.shiftsIn(nights));
  }

  /** One for each of the measurements that has the item. */
  shiftsIn(measurements: readonly NightItems[]): number[] {
    return this.#figuresIn(measurements).map((figures) => this.#shiftOf(figures));
  }

  #shiftOf({ ratio, timeAfter }: Figures): number {
    const share = shareOf(this.#ratio, this.#timeAfter);
    return share * (ratio - this.#ratio.median) + (1 - share) * (timeAfter - this.#timeAfter.median);
  }

  /**
   * What measurements show on average. An item that really takes longer shows it in both figures, unless one of them
   * varies so much that it could not: what moves one only is the machine.
   */
  changeIn(measurements: readonly NightItems[]): TimedChange | undefined {
    const figures = this.#figuresIn(measurements);
    if (figures.length === 0) return undefined;
    const shift = mean(figures.map((one) => this.#shiftOf(one)));
    const direction = departure(shift, this.band);
    const change = shift - this.band.median;
    const isDoubtful =
      speaksAgainst(change, mean(figures.map(({ ratio }) => ratio)), this.#ratio) ||
      speaksAgainst(change, mean(figures.map(({ timeAfter }) => timeAfter)), this.#timeAfter);
    return direction === 'usual' || isDoubtful ? undefined : { direction, shift };
  }
}

/** What the one counts for beside the other. */
function shareOf(one: Band, other: Band): number {
  const [own, others] = [one.high - one.low, other.high - other.low];
  return own === others ? 0.5 : others ** 2 / (own ** 2 + others ** 2);
}

function speaksAgainst(change: number, value: number, { low, median, high }: Band): boolean {
  const third = Math.abs(change) / 3;
  const moved = Math.sign(change) * (value - median);
  return moved < third && Math.max(high - median, median - low) < third;
}
