import type { ColumnTexts } from './fake-values.ts';

/**
 * What a value is held against: the texts of a column, nothing that has texts (a column without, a key of a document, a
 * unit, a format), or nothing that is known.
 */
export type Against = ColumnTexts | 'no text' | 'unknown';

/** What a literal is that a statement only shows, or gives to a subquery. */
export const TEXT: ColumnTexts = { kind: 'text', isArray: false };

export const known = (against: Against): ColumnTexts | undefined =>
  typeof against === 'object' ? against : undefined;
