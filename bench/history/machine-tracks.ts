import type { NightItem } from '../model/night.ts';
import type { IndexedNight, TimedDeparture } from './departure.ts';
import { machineDifferences, usualMachine, type MeasuredOn } from './machines.ts';
import { TimedTrack } from './timed-track.ts';
import { BAND_NIGHTS } from './timing.ts';

interface MachineTrack {
  /** The last nights on this machine. */
  nights: readonly [MeasuredOn, ...MeasuredOn[]];
  times: TimedTrack;
}

/**
 * The times of a series, apart for each machine, and for each state of one that is far from the others: times are
 * compared on the same machine only. A machine that stays as it has become has its own band after some nights.
 */
export class MachineTracks {
  /** The machine of the last night is the last one. */
  #tracks: readonly MachineTrack[] = [];

  /** The times on the machine of this night: none where it is a new one. */
  of(night: MeasuredOn): TimedTrack {
    return this.#find(night)?.times ?? new TimedTrack();
  }

  /** What is not as on the machine of the last night; empty where there was none. */
  differences(night: MeasuredOn): string[] {
    const last = this.#tracks.at(-1);
    return last ? machineDifferences(usualMachine(last.nights), night) : [];
  }

  add(now: IndexedNight, departures: readonly TimedDeparture[]): void {
    const { night } = now;
    const known = this.#find(night);
    const times = known?.times ?? new TimedTrack();
    times.add(now, departures);
    const nights: MachineTrack['nights'] = known ? withLast(known.nights, night) : [night];
    this.#tracks = [...this.#tracks.filter((track) => track !== known), { nights, times }];
  }

  /** From now on, the band of this item begins with the accepted night. */
  accept(id: NightItem['id'], accepted: IndexedNight): void {
    this.#find(accepted.night)?.times.accept(id, accepted);
  }

  /** Of several that it may be, the last one. */
  #find(night: MeasuredOn): MachineTrack | undefined {
    return this.#tracks.findLast(
      ({ nights }) => machineDifferences(usualMachine(nights), night).length === 0,
    );
  }
}

function withLast(
  [first, ...others]: MachineTrack['nights'],
  last: MeasuredOn,
): readonly [MeasuredOn, ...MeasuredOn[]] {
  const [oldest = last, ...rest] = [first, ...others, last].slice(-BAND_NIGHTS);
  return [oldest, ...rest];
}
