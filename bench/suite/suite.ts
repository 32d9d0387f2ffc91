import { basename } from 'node:path';
import { pathOf, type FileLocation } from '../model/file-location.ts';
import type { Goal, Mix } from '../model/migration.ts';
import type { ReadItem, Workload, WriteItem } from '../model/work-item.ts';
import type { Claim } from './claim.ts';
import type {
  DocumentedQuery,
  OpportunityDefinition,
  ReadDefinition,
  SuiteDefinition,
  WriteDefinition,
} from './define-suite.ts';

export interface Opportunity extends OpportunityDefinition {
  reads: readonly ReadItem[];
  writes: readonly WriteItem[];
}

/**
 * A suite as it is measured. Ageing, canaries and the candidate's indexes may still be missing: what they are in that
 * case the seeded database tells.
 */
export interface Suite extends SuiteDefinition {
  title: string;
  afterRows: readonly FileLocation[];
  candidate: SuiteDefinition['candidate'] & { name: string };
  reads: readonly ReadItem[];
  writes: readonly WriteItem[];
  goals: readonly Goal[];
  mix: Mix;
  opportunities: readonly Opportunity[];
  documented: NonNullable<SuiteDefinition['documented']> & { queries: readonly DocumentedQuery[] };
  claims: readonly Claim[];
}

/** Derives what a definition has left out. A complete suite comes back as it is. */
export function completeSuite(definition: SuiteDefinition): Suite {
  const { name, candidate, opportunities = [], documented } = definition;
  const reads = (definition.reads ?? []).map((read) => completeRead(read, 'headline'));
  const writes = (definition.writes ?? []).map((write) => completeWrite(write, 'headline'));
  return {
    ...definition,
    title: definition.title ?? inWords(name),
    afterRows: definition.afterRows ?? [],
    candidate: { ...candidate, name: candidate.name ?? nameOfCandidate(candidate.up) },
    reads,
    writes,
    goals: definition.goals ?? [],
    mix: definition.mix ?? { reads: weightOf(reads), writes: weightOf(writes) },
    opportunities: opportunities.map(completeOpportunity),
    documented: { ...documented, queries: documented?.queries ?? [] },
    claims: definition.claims ?? [],
  };
}

/** What a candidate is called after its file. */
export const nameOfCandidate = (up: FileLocation): string =>
  basename(pathOf(up)).replace(/(\.up)?\.sql$/, '');

/** They are measured for themselves, and are no part of the mix. */
const completeOpportunity = (opportunity: OpportunityDefinition): Opportunity => ({
  ...opportunity,
  reads: (opportunity.reads ?? []).map((read) => completeRead(read, 'full')),
  writes: (opportunity.writes ?? []).map((write) => completeWrite(write, 'full')),
});

const completeRead = (read: ReadDefinition, workload: Workload): ReadItem => ({
  ...read,
  kind: 'read',
  source: read.source ?? '',
  ...completeItem(read, workload),
});

const completeWrite = (write: WriteDefinition, workload: Workload): WriteItem => ({
  ...write,
  kind: 'write',
  draw: write.draw ?? (write.targets === undefined ? drawNothing : drawTarget),
  ...completeItem(write, workload),
});

function completeItem(
  { id, title, workload, weight }: ReadDefinition | WriteDefinition,
  unlessSaid: Workload,
): Pick<ReadItem, 'title' | 'workload' | 'weight'> {
  const measured = workload ?? unlessSaid;
  return {
    title: title ?? inWords(id),
    workload: measured,
    weight: weight ?? (measured === 'headline' ? 1 : 0),
  };
}

const drawNothing: WriteItem['draw'] = () => [];
const drawTarget: WriteItem['draw'] = ({ target }) => [target];

const weightOf = (items: readonly { weight: number }[]): number =>
  items.reduce((sum, { weight }) => sum + weight, 0);

/** `orders-of-a-customer` reads "Orders of a customer". */
function inWords(id: string): string {
  const words = id.replaceAll('-', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
