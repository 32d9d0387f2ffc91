import type { Result } from '../../model/result.ts';
import { asynchronousWritesSection } from './asynchronous-writes.ts';
import { bufferColdSection } from './buffer-cold.ts';
import { canariesSection } from './canaries.ts';
import { claimsSection } from './claims.ts';
import { clusterWorkSection } from './cluster-work.ts';
import { clusterSection } from './cluster.ts';
import { concurrentWritersSection } from './concurrent-writers.ts';
import { countersSection } from './counters.ts';
import { genericPlansSection } from './generic-plans.ts';
import { hourSection } from './hour.ts';
import { indexesSection } from './indexes.ts';
import { buildsSection } from './index-builds.ts';
import { additionSection } from './ledger-sum.ts';
import { ledgerSection } from './ledger.ts';
import { likenessDetails, likenessSection } from './likeness.ts';
import { longRunSection } from './long-run.ts';
import { methodSection } from './method.ts';
import { migrationSection } from './migration.ts';
import { opportunitiesSection } from './opportunities.ts';
import { pendingListsSection } from './pending-lists.ts';
import { planningSection } from './planning.ts';
import { readsSection } from './reads.ts';
import type { Layout, Section } from './section.ts';
import { redundancySection } from './redundant-indexes.ts';
import { serversSection } from './servers.ts';
import { sourceSections } from './source.ts';
import { storageSection } from './storage.ts';
import { tailsSection } from './tails.ts';
import { writeCountersSection } from './write-counters.ts';
import { writesSection } from './writes.ts';

/** What else is known of the writes, and of everything together. */
const WRITE_DETAILS = [
  asynchronousWritesSection,
  concurrentWritersSection,
  longRunSection,
  writeCountersSection,
  pendingListsSection,
];

/** The measurements behind the ledger. */
const LEDGER_DETAILS = [redundancySection, additionSection, buildsSection];

/** The sections of every report after the verdict, in their order; a section without data is left out. */
export function reportSections(result: Result, layout: Layout): Section[] {
  return [
    ...(layout === 'narrow' ? [] : [likenessSection(result)]),
    readsSection(result, layout),
    ...(layout === 'page'
      ? [genericPlansSection, bufferColdSection, countersSection, planningSection].map((section) =>
          section(result, layout),
        )
      : []),
    writesSection(result, layout),
    ...(layout === 'page' ? WRITE_DETAILS.map((section) => section(result)) : []),
    tailsSection(result, layout),
    ...(layout === 'narrow' ? [] : [hourSection(result, layout)]),
    storageSection(result),
    clusterSection(result, layout),
    ...(layout === 'page' ? [clusterWorkSection(result)] : []),
    indexesSection(result, layout),
    ledgerSection(result, layout),
    ...(layout === 'page' ? [migrationSection(result)] : []),
    ...(layout === 'page' ? LEDGER_DETAILS.map((section) => section(result)) : []),
    ...(layout === 'narrow' ? [] : [opportunitiesSection(result, layout)]),
    claimsSection(result, layout),
    canariesSection(result, layout),
    serversSection(result, layout),
    ...(layout === 'page' ? [...likenessDetails(result), ...sourceSections(result)] : []),
    methodSection(result),
  ].filter(({ tables }) => tables.length > 0);
}
