import { withConnection } from '../database/connection.ts';
import { makeAll, withClone } from '../database/databases.ts';
import { dropSecondaryIndexes } from '../database/indexes.ts';
import { applySqlFile } from '../database/migrate.ts';
import { databaseName, type Site } from '../database/server.ts';
import type { SqlFile } from '../database/sql-file.ts';
import type { Baseline } from '../model/arm.ts';
import { RunError } from '../model/errors.ts';
import type { Warning } from '../model/outcome.ts';
import type { RunState } from './run-state.ts';
import { applyAfterRows, templateName } from './template.ts';
import type { Suite } from '../suite/suite.ts';

interface TrialSite extends Site {
  suite: Suite;
  candidate: SqlFile;
  state: Pick<RunState, 'addWarnings'>;
}

/**
 * The baselines that the candidate can be applied to, found on copies without rows: what it cannot do is known before any
 * are loaded. One that drops an index of the schema cannot be applied to `bare`, where that index is missing.
 *
 * @throws RunError where it cannot be applied to `shipped`, or to the only baseline that was asked for
 */
export async function applicableBaselines(
  asked: readonly Baseline[],
  { suite, candidate, state, ...site }: TrialSite,
): Promise<Baseline[]> {
  const found: Baseline[] = [];
  const refusals = await makeAll(site, asked, (baseline) => tryOn(baseline, suite, candidate, site));
  for (const [place, baseline] of asked.entries()) {
    const refusal = refusals[place];
    if (refusal && (baseline === 'shipped' || asked.length === 1)) throw refusal;
    if (refusal) state.addWarnings([notOn(baseline, refusal)]);
    else found.push(baseline);
  }
  return found;
}

const tryOn = (
  baseline: Baseline,
  suite: Suite,
  candidate: SqlFile,
  site: Site,
): Promise<RunError | undefined> =>
  withClone(site, templateName(site.server), databaseName(site.server, `tried_${baseline}`), (clone) =>
    withConnection(site.server.owner(clone), site.signal, async (connection) => {
      await applyAfterRows(connection, suite);
      if (baseline === 'bare') await dropSecondaryIndexes(connection);
      return applySqlFile(connection, candidate).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof RunError) return error;
          throw error;
        },
      );
    }),
  );

const notOn = (baseline: Baseline, { message }: RunError): Warning => ({
  code: 'not-on-baseline',
  cause: `the candidate cannot be applied to ${baseline}: ${message}`,
  remedy: 'read what is said of shipped: that is the schema that the candidate was written for',
});
