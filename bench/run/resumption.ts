import { NotComparable } from '../model/errors.ts';
import type { Dataset } from '../model/result.ts';
import type { Environment } from '../model/run.ts';
import { differences, factsOfRequest, factsOfServer } from './conditions.ts';
import { describeRun } from './describe-run.ts';
import type { Measured } from './measured.ts';
import type { RunRequest } from './run-request.ts';
import { changedItems, takenOver } from './take-over.ts';
import type { Sources, Unfinished } from './unfinished-shape.ts';

/**
 * What an unfinished run has measured, for the run that goes on with it.
 *
 * @throws NotComparable with everything about the request that is not as it was
 */
export function measuredBefore(unfinished: Unfinished, request: RunRequest, sources: Sources): Measured {
  const { run, measured } = unfinished;
  const asked = factsOfRequest(describeRun(request, new Date()), sources);
  refuse([
    ...differences(factsOfRequest(run, unfinished.sources), asked),
    ...changedItems(measured, request.suite),
  ]);
  return takenOver(measured, request.suite);
}

/** @throws NotComparable with everything that the unfinished run was not measured on */
export function refuseOtherServer(unfinished: Unfinished, environment: Environment, dataset: Dataset): void {
  const then = factsOfServer(unfinished.environment, unfinished.dataset);
  refuse(differences(then, factsOfServer(environment, dataset)));
}

function refuse(found: readonly string[]): void {
  if (found.length > 0) throw new NotComparable(found);
}
