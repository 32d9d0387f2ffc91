import type { Arm } from '../model/arm.ts';
import type { GenericPlanMeasurement } from '../model/measurement.ts';
import type { Warning } from '../model/outcome.ts';
import { outline, type PlanComparison } from '../model/plan.ts';
import { durationText } from '../format/quantity.ts';
import type { GenericPlanResult } from '../model/item-result.ts';
import type { Times } from '../model/times.ts';
import { clientDurations, serverDurations, timesOf, tooFewToEstimate } from './estimates.ts';
import { READ_PRECISION } from './precision.ts';
import type { Ratios } from './ratios.ts';

/**
 * The times of the statement with a generic plan. They stand beside those with a custom plan, and get no verdict.
 *
 * @param apart how well the servers' difference is known that they do not have in them
 */
export function judgeGenericPlan(measurement: GenericPlanMeasurement, apart: Ratios = {}): GenericPlanResult {
  if (measurement.state !== 'measured') return measurement;
  const { pairs, plans } = measurement;
  const client = timesOf(clientDurations(pairs), { ...READ_PRECISION, apart: apart.client });
  if (!client) return { state: 'failed', error: tooFewToEstimate(pairs.length) };
  const server = timesOf(serverDurations(pairs), { ...READ_PRECISION, apart: apart.server });
  return { state: 'measured', pairs: [...pairs], ...client, ...(server && { server }), plans };
}

/** Warns of each arm whose generic plan differs from the plan for the values at hand, with the times of both. */
export function flipWarnings(
  custom: Times & { plans: PlanComparison },
  generic: GenericPlanResult | undefined,
): Warning[] {
  if (generic?.state !== 'measured') return [];
  return (['before', 'after'] as const)
    .filter((arm) => custom.plans[arm].signature !== generic.plans[arm].signature)
    .map((arm) => flipWarning(arm, custom, generic));
}

function flipWarning(
  arm: Arm,
  custom: Times & { plans: PlanComparison },
  generic: Times & { plans: PlanComparison },
): Warning {
  const [planned, prepared] = [custom, generic].map(
    (side) => `${durationText(side[arm].durationMs)} by ${outline(side.plans[arm].tree)}`,
  );
  return {
    code: 'plan-flip',
    cause: `${arm}, a generic plan differs from the one for these values: ${prepared} instead of ${planned}`,
    remedy: 'prepared statements may use it from their sixth execution on: see plan_cache_mode',
  };
}
