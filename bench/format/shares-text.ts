import type { SourceFacts } from '../model/source.ts';

/** What the shares of statements are parts of: `weight`. */
export const sharesText = ({ sharesOf = 'execution time' }: SourceFacts['statements']): string => sharesOf;
