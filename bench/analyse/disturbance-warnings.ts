import type { Disturbance } from '../model/disturbance.ts';
import type { Warning } from '../model/outcome.ts';
import { seconds, significant } from '../format/quantity.ts';

type Kind = Disturbance['kind'];

/** The warning for each kind; `where` lists pairs or arms. */
const MEANINGS: Readonly<Record<Kind, { cause: (where: string) => string; remedy: string }>> = {
  checkpoint: {
    cause: (pairs) => `a checkpoint ended during ${pairs}`,
    remedy: 'raise checkpoint_timeout and max_wal_size to keep checkpoints out of a run',
  },
  autovacuum: {
    cause: (pairs) => `autovacuum ran during ${pairs}`,
    remedy: 'let it finish before the run, or switch it off while measuring',
  },
  'other session': {
    cause: (pairs) => `another session was active on the server during ${pairs}`,
    remedy: 'measure on a server that nobody else uses',
  },
  'clock step': {
    cause: (pairs) => `the wall clock was set, or the machine suspended, during ${pairs}`,
    remedy: 'durations come from a monotonic clock; repeat the run if the machine was suspended',
  },
  pause: {
    cause: (pairs) => `the server or the machine paused during ${pairs}`,
    remedy: 'medians are not affected; find the cause, and repeat the run if it happens again',
  },
  'plan change': {
    cause: (arms) => `PostgreSQL chose another plan at the end than at the beginning, ${arms}`,
    remedy:
      'the times mix both plans: run ANALYZE before the run, and keep autovacuum from running it meanwhile',
  },
};

/** One warning for each kind of disturbance, with its pairs or arms. */
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
