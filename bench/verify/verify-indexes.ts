import type { ExpectedIndex, IndexCheck } from '../model/verification.ts';
import type { CatalogIndex } from '../database/catalog.ts';

/**
 * Holds the indexes of a database against what is expected. CREATE INDEX IF NOT EXISTS keeps whatever has the
 * name already, so that presence alone says nothing: validity and definition are compared, too.
 */
export function verifyIndexes(
  expected: readonly ExpectedIndex[],
  present: readonly CatalogIndex[],
): IndexCheck[] {
  return expected.map((index) => {
    const found = present.find(({ name }) => name === index.name);
    if (!found) return { ...index, state: 'missing' };
    if (!found.valid) return { ...index, state: 'invalid' };
    if (found.definition !== index.definition)
      return { ...index, state: 'different', found: found.definition };
    return { ...index, state: 'as documented' };
  });
}
