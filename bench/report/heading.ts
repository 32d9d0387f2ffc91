import { placeText } from '../format/place.ts';
import { count, counted } from '../format/quantity.ts';
import type { Result } from '../model/result.ts';
import type { RunOutcome } from '../model/run.ts';

/** What was measured: the parts of one line. */
export function headingParts({ run, candidate, environment, servers }: Result): string[] {
  return [
    `suite ${run.suite.name}`,
    `candidate ${candidate.name} (${indexesText(candidate)})`,
    `PostgreSQL ${environment.postgresVersion.split(' ')[0]} ${servers ? placesText(servers) : placeText(environment)}`,
    ...(servers?.arms === 'stay' ? [] : [`scale ${run.scale}`]),
    `seed ${run.seed}`,
  ];
}

const placesText = ({ arms }: NonNullable<Result['servers']>): string =>
  arms === 'stay' ? 'in two databases as they are' : 'on two servers';

const indexesText = ({ indexes, dropped = [] }: Result['candidate']): string =>
  counted(indexes.length, 'index', 'indexes') +
  (dropped.length > 0 ? `, ${count(dropped.length)} dropped` : '');

/** Why the result is incomplete; undefined when it is complete. */
export const incompleteness = ({ run }: Result): string | undefined => whyIncomplete('run', run.outcome);

/** @param what a run, or the like */
export function whyIncomplete(what: string, outcome: RunOutcome): string | undefined {
  switch (outcome.state) {
    case 'complete':
      return undefined;
    case 'running':
      return `This ${what} had not ended when its result was written.`;
    case 'interrupted':
      return `This ${what} was interrupted: the report has what was measured until then.`;
    case 'failed':
      return `This ${what} failed: ${outcome.error.message}. The report has what was measured until then.`;
  }
}
