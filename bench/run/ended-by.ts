import { Interrupted } from '../model/errors.ts';
import type { RunOutcome } from '../model/run.ts';

/** How a run ended that threw this: an interruption makes many errors, and is itself none. */
export function endedBy(error: unknown, { aborted, reason }: AbortSignal): RunOutcome {
  if (aborted && reason instanceof Interrupted) return { state: 'interrupted' };
  return { state: 'failed', error: { message: error instanceof Error ? error.message : String(error) } };
}
