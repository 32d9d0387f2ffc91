import type { Result } from '../../model/result.ts';
import { indexesSection } from './indexes.ts';
import { methodSection } from './method.ts';
import { readsSection, type Layout } from './reads.ts';
import type { Section } from './section.ts';
import { storageSection } from './storage.ts';
import { writesSection } from './writes.ts';

/** The parts of every report after the verdict, in their order; those with nothing to show are left out. */
export function reportSections(result: Result, layout: Layout): Section[] {
  return [
    readsSection(result, layout),
    writesSection(result),
    storageSection(result),
    indexesSection(result),
    methodSection(result),
  ].filter(({ tables }) => tables.length > 0);
}
