import type { Disturbance } from '../model/disturbance.ts';
import type { Warning } from '../model/outcome.ts';
import { seconds, significant } from '../format/quantity.ts';

type Kind = Disturbance['kind'];

/** What each kind means to a reader; `where` lists pairs or arms. */
const MEANINGS: Readonly<Record<Kind, { cause: (where: string) => string; remedy: string }>> = {
  checkpoint: {
    cause: (pairs) => `a checkpoint ended during ${pairs}`,
    remedy: 'raise checkpoint_timeout and max_wal_size, so that none falls into a run',
  },
  autovacuum: {
    cause: (pairs) => `autovacuum was at work during ${pairs}`,
    remedy: 'let it finish first, or switch it off while measuring',
  },
  'other session': {
    cause: (pairs) => `another session was active on the server during ${pairs}`,
    remedy: 'measure on a server that nobody else uses',
  },
  'clock step': {
    cause: (pairs) => `the wall clock was set, or the machine suspended, during ${pairs}`,
    remedy: 'durations are taken from a clock that is never set; repeat the run if the machine was suspended',
  },
  pause: {
    cause: (pairs) => `the server, or the machine, stood still during ${pairs}`,
    remedy: 'medians pass over it; look for what stopped it, and repeat the run if it comes back',
  },
  'plan change': {
    cause: (arms) => `PostgreSQL chose another plan at the end than at the beginning, ${arms}`,
    remedy: 'the times are of both plans: run ANALYZE first, and keep autovacuum from doing it meanwhile',
  },
};

/** One warning for each kind of disturbance, with the pairs or arms it concerns. */
export function disturbanceWarnings(disturbances: readonly Disturbance[]): Warning[] {
  const kinds = [...new Set(disturbances.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const places = disturbances.filter((disturbance) => disturbance.kind === kind).map(placeOf);
    const prefix = kind === 'plan change' ? '' : places.length > 1 ? 'pairs ' : 'pair ';
    const { cause, remedy } = MEANINGS[kind];
    return { code: kind.replace(' ', '-'), cause: cause(prefix + places.join(', ')), remedy };
  });
}

function placeOf(disturbance: Disturbance): string {
  switch (disturbance.kind) {
    case 'plan change':
      return disturbance.arm;
    case 'clock step':
      return `${disturbance.pair} (by ${significant(disturbance.stepMs)} ms)`;
    case 'pause':
      return `${disturbance.pair} (for ${seconds(disturbance.pauseMs / 1000)})`;
    default:
      return String(disturbance.pair);
  }
}
