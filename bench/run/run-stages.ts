import type { Connection } from '../database/connection.ts';
import { dropDatabase, makeAll } from '../database/databases.ts';
import type { SqlFile } from '../database/sql-file.ts';
import { counted } from '../format/quantity.ts';
import type { Baseline } from '../model/arm.ts';
import type { Warning } from '../model/outcome.ts';
import type { Candidate } from '../model/candidate.ts';
import {
  applyToArms,
  candidateChanges,
  candidateIndexes,
  makeArms,
  namesOf,
  type BaselineArms,
} from './arms.ts';
import type { BaselineStages } from './baseline-stages.ts';
import { withNodeBuilds } from './indexes/node-builds.ts';
import { probeClaims, type ProbeAnswers } from './items/claim-probes.ts';
import { warmCopies } from './items/copies.ts';
import { measureAll } from './measure-all.ts';
import { memoryUse, memoryWarnings, type ServerMemory } from './memory.ts';
import type { RunRequest } from './run-request.ts';
import { aloneOn, placementsOf, serversOf, type RunSite } from './sites.ts';
import { templateName } from './template.ts';

/** Where stages take place, one after another. */
export interface StagesSite extends RunSite, BaselineStages {
  candidate: SqlFile;
  memory: ServerMemory;
  /** Takes note of what has changed outside the run's databases. */
  noteChanges: () => Promise<void>;
}

/**
 * Measures stage by stage: the arms of one are dropped before those of the next are made.
 *
 * @returns the arms that are still there
 */
export async function runStages(request: RunRequest, site: StagesSite): Promise<BaselineArms[]> {
  const made: BaselineArms[] = [];
  let arms: BaselineArms[] = [];
  for (const baselines of site.stages) {
    // Of two baselines that are the same, one is measured.
    const wanted = baselines.filter((baseline) => request.baselines.includes(baseline));
    if (wanted.length === 0) continue;
    for (const { server } of sitesOf(site))
      for (const name of namesOf(arms)) await dropDatabase({ ...site, server }, name);
    arms = await site.phases.during('arms', () => buildOnEach(wanted, site), describeArms);
    made.push(...arms);
    await noteArms(made, arms, site);
    await askClaims(request, arms, site);
    await measureStage(request, arms, site);
  }
  return arms;
}

async function measureStage(
  request: RunRequest,
  arms: readonly BaselineArms[],
  site: StagesSite,
): Promise<void> {
  for (const placement of placementsOf(site))
    for (const { databases } of arms) await warmCopies(databases, { ...site, placement });
  const baselines = arms.map(({ baseline }) => baseline);
  const budgetSeconds = (request.budgetSeconds * baselines.length) / request.baselines.length;
  await measureAll({ ...request, baselines, budgetSeconds }, arms, site);
}

/** @param made in this stage and those before it */
async function noteArms(
  made: readonly BaselineArms[],
  arms: readonly BaselineArms[],
  site: StagesSite,
): Promise<void> {
  const { state, server, memory, noteChanges } = site;
  state.candidate = { ...state.candidate, indexes: candidateIndexes(made), ...candidateChanges(made) };
  state.addWarnings([...rewriteWarnings(state.candidate), ...emptyIndexes(arms)]);
  state.storage = made.flatMap(({ storage }) => [...storage]);
  const dataBytes = await server.administer((admin) => bytesAtOnce(admin, arms, site));
  const use = memoryUse(dataBytes, memory);
  state.noteMemory(use);
  state.addWarnings(memoryWarnings(use));
  await noteChanges();
}

/** What a reader of an index migration might not expect. */
const rewriteWarnings = ({ statements = [] }: Candidate): Warning[] => {
  const tables = [...new Set(statements.flatMap(({ rewritten }) => rewritten))];
  return tables.length === 0
    ? []
    : [
        {
          code: 'rewritten-tables',
          cause: `the candidate writes all rows of ${tables.join(', ')} anew, and nobody can read or write there meanwhile`,
          remedy: 'read how long it took under "Migration", or change the table in another migration',
        },
      ];
};

/** Of a partial index without a row neither reads nor costs are those of one in use. */
const emptyIndexes = ([first]: readonly BaselineArms[]): Warning[] =>
  (first?.built ?? [])
    .filter(({ isEmpty }) => isEmpty)
    .map(({ name, definition }) => ({
      code: 'empty-index',
      cause: `no row is in ${name}: none satisfies ${/ WHERE (.*)$/s.exec(definition)?.[1] ?? 'its predicate'}`,
      remedy:
        'measure on rows of which some are in it; of texts that a snapshot replaced, keep those with --keep-text',
    }));

/** @returns the arms of the first server; those of another one have the same names */
async function buildOnEach(baselines: readonly Baseline[], site: StagesSite): Promise<BaselineArms[]> {
  const built: BaselineArms[][] = [];
  for (const alone of sitesOf(site)) built.push(await buildArms(baselines, alone));
  return built[0] ?? [];
}

/** The same site on each of its servers alone. */
const sitesOf = (site: StagesSite): StagesSite[] => serversOf(site).map((server) => aloneOn(site, server));

/** Builds are timed: one after another, while nothing is copied. */
async function buildArms(baselines: readonly Baseline[], site: StagesSite): Promise<BaselineArms[]> {
  const equal = await makeAll(site, baselines, (baseline) => makeArms(site, baseline));
  const arms: BaselineArms[] = [];
  for (const both of equal) arms.push(await applyToArms(both, site.candidate, site));
  return site.server.workers.length === 0 ? arms : withNodeBuilds(arms, site);
}

const SIZES = `
  SELECT coalesce(sum(pg_database_size(datname)), 0) AS bytes FROM pg_database WHERE datname = ANY ($1)`;

/** The template, the arms, and as many copies of them as may exist: as large as the arms are on the average. */
async function bytesAtOnce(
  admin: Connection,
  arms: readonly BaselineArms[],
  { server, copiesAtOnce }: StagesSite,
): Promise<number> {
  const sizeOf = async (names: readonly string[]): Promise<number> =>
    Number((await admin.query<{ bytes: string }>(SIZES, [names])).rows[0]?.bytes);
  const ofArms = await sizeOf(namesOf(arms));
  const ofCopies = (ofArms * copiesAtOnce) / (2 * arms.length);
  return Math.round((await sizeOf([templateName(server)])) + ofArms + ofCopies);
}

function describeArms(arms: readonly BaselineArms[]): string {
  const seconds = arms.flatMap(({ built }) => built).reduce((sum, { buildMs }) => sum + buildMs, 0) / 1000;
  const indexes = arms[0]?.built.length ?? 0;
  return `${arms.length} x 2 clones   ${counted(indexes, 'index', 'indexes')} built on each in ${(seconds / arms.length).toFixed(1)} s`;
}

/** On the stage that has the baseline `shipped`, which the claims are about. */
async function askClaims(
  { suite: { claims } }: RunRequest,
  arms: readonly BaselineArms[],
  { server, signal, state, phases }: StagesSite,
): Promise<void> {
  if (claims.length === 0 || !arms.some(({ baseline }) => baseline === 'shipped')) return;
  const ask = () => probeClaims(claims, arms, server, signal);
  state.answers = await phases.during('claims', ask, describeProbes(claims.length));
}

const describeProbes =
  (claims: number) =>
  ({ size }: ProbeAnswers): string =>
    `${counted(claims, 'claim')}, ${size} of them asked of the database`;
