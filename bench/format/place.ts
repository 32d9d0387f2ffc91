import { counted } from './quantity.ts';

/** Where something was measured: "embedded", "citus, 2 workers". */
export const placeText = ({ target, workers }: { target: string; workers?: number }): string =>
  workers === undefined ? target : `${target}, ${counted(workers, 'worker')}`;
