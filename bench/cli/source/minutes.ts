import type { Inspection } from '../../source/inspection.ts';
import { sampledBytes } from '../../source/sample/sample-plan.ts';
import type { MeasuringServer } from './rebuild.ts';

/** Of tables, a second: copying, loading, building indexes, and making the arms. */
const BYTES_A_SECOND = 20e6;

/** What takes as long whatever is measured. */
const LEAST_SECONDS = 30;

/** About how long it takes from the preview to the verdict. */
export const minutesFor = ({ tables, sample }: Inspection, { budgetSeconds }: MeasuringServer): number => {
  const copied = sampledBytes(tables, sample);
  return Math.ceil((LEAST_SECONDS + copied / BYTES_A_SECOND + 1.5 * budgetSeconds) / 60);
};
