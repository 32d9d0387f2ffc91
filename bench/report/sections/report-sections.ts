import type { Result } from '../../model/result.ts';
import { bufferColdSection } from './buffer-cold.ts';
import { canariesSection } from './canaries.ts';
import { claimsSection } from './claims.ts';
import { countersSection } from './counters.ts';
import { genericPlansSection } from './generic-plans.ts';
import { indexesSection } from './indexes.ts';
import { methodSection } from './method.ts';
import { planningSection } from './planning.ts';
import { readsSection } from './reads.ts';
import type { Layout, Section } from './section.ts';
import { storageSection } from './storage.ts';
import { writesSection } from './writes.ts';

/** The parts of every report after the verdict, in their order; those with nothing to show are left out. */
export function reportSections(result: Result, layout: Layout): Section[] {
  return [
    readsSection(result, layout),
    ...(layout === 'page'
      ? [genericPlansSection, bufferColdSection, countersSection, planningSection].map((section) =>
          section(result, layout),
        )
      : []),
    writesSection(result, layout),
    storageSection(result),
    indexesSection(result, layout),
    claimsSection(result, layout),
    canariesSection(result, layout),
    methodSection(result),
  ].filter(({ tables }) => tables.length > 0);
}
