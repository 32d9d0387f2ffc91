import type { Progress } from '../model/progress.ts';
import type { Environment } from '../model/run.ts';
import type { Result } from '../model/result.ts';
import { candidateFile } from '../run/candidate-file.ts';
import { describeResumption, describeRun } from '../run/describe-run.ts';
import { describeEnvironment } from '../run/environment.ts';
import { fitRequest } from '../run/fit-request.ts';
import { Phases } from '../run/phases.ts';
import { refuseSettings } from '../run/refuse-settings.ts';
import { askedOfServer, carryOut } from '../run/run.ts';
import type { RunRequest } from '../run/run-request.ts';
import { RunState } from '../run/run-state.ts';
import { RunStore } from '../run/run-store.ts';
import { fillTemplate, migrateTemplate } from '../run/template.ts';
import { applicableBaselines } from '../run/try-candidate.ts';
import type { Unfinished } from '../run/unfinished-shape.ts';
import type { ServerOptions } from '../servers/target.ts';
import { survey, type Survey } from './survey.ts';

/** What watches a sweep, ends it, and is asked where that is necessary. */
export interface SweepContext extends Pick<ServerOptions, 'confirm' | 'onLeftBehind' | 'signal'> {
  progress: Progress;
}

/** What was found at a scale without timing a statement, and on what. */
export interface Surveyed {
  survey: Survey;
  environment: Environment;
}

/** Seeds a database, and times nothing but builds of indexes. */
export async function visitUntimed(request: RunRequest, context: SweepContext): Promise<Surveyed> {
  const { signal, progress, confirm, onLeftBehind } = context;
  const { suite } = request;
  const candidate = await candidateFile(suite);
  const phases = new Phases(progress, () => undefined);
  return request.server.open({ ...askedOfServer(request), signal, confirm, onLeftBehind }, async (server) => {
    await refuseSettings(server, request.settings);
    const environment = await server.administer((admin) => describeEnvironment(admin, server));
    await migrateTemplate(server, request, phases, signal);
    const state = { addWarnings: () => undefined };
    const baselines = await applicableBaselines(request.baselines, {
      server,
      signal,
      suite,
      candidate,
      state,
    });
    const dataset = await fillTemplate(server, request, phases, signal);
    const fitted = await fitRequest({ ...request, baselines }, [], { server, signal });
    const measured = { reads: suite.reads, baselines: fitted.request.baselines };
    const site = { server, signal, candidate, dataset, ...measured };
    return { environment, survey: await phases.during('survey', () => survey(site), describeSurvey) };
  });
}

/** What the run at a scale has to do with the sweep. */
export interface TimedVisit {
  /** What an earlier process has measured of it. */
  resumed: Unfinished | undefined;
  /** Told before anything is measured. */
  onBegun: (run: string) => Promise<void>;
}

/** Carries out the run of a scale. What it has measured is kept when it ends early. */
export async function visitTimed(
  request: RunRequest,
  { resumed, onBegun }: TimedVisit,
  context: SweepContext,
): Promise<Surveyed & { result: Result }> {
  const now = new Date();
  const head = resumed ? describeResumption(resumed.run, now) : describeRun(request, now);
  const store = new RunStore(new RunState(head, request, resumed), request);
  await onBegun(head.id);
  let found: Survey | undefined;
  try {
    await carryOut(request, {
      ...context,
      store,
      onTemplate: async ({ phases, ...site }) => {
        found = await phases.during('survey', () => survey(site), describeSurvey);
      },
    });
  } catch (error) {
    await store.endEarly(error, context.signal).catch(() => undefined);
    throw error;
  }
  const result = await store.complete();
  if (!found) throw new Error('a run that was carried out has a template');
  return { survey: found, environment: result.environment, result };
}

const describeSurvey = ({ plans, indexes }: Survey): string =>
  `${plans.length} plans, ${indexes.reduce((sum, { builds }) => sum + builds.length, 0)} builds`;
