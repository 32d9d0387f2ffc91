import { loadModule, scanSync } from 'libpg-query';
import { WORDS } from './fake-words.ts';

/**
 * The words of all literals of an SQL text, in lower case: those of CHECK constraints, predicates, defaults, bounds of
 * partitions, labels of enums and bodies of functions. Where rows have them, the schema may rely on it.
 */
export async function wordsOfLiterals(sql: string): Promise<Set<string>> {
  await loadModule();
  return new Set(literalsIn(sql).flatMap((literal) => literal.toLowerCase().match(WORDS) ?? []));
}

/** A literal between dollars may be the body of a function, with literals in it. */
function literalsIn(sql: string): string[] {
  return tokensOf(sql).flatMap(({ tokenName, text }) => {
    if (!tokenName.endsWith('SCONST')) return [];
    const [, , body] = BETWEEN_DOLLARS.exec(text) ?? [];
    return body === undefined ? [text] : literalsIn(body);
  });
}

const BETWEEN_DOLLARS = /^\$([^$]*)\$([^]*)\$\1\$$/;

/** None of a body in another language, which the scanner of PostgreSQL does not read. */
function tokensOf(sql: string): ReturnType<typeof scanSync>['tokens'] {
  try {
    return scanSync(sql).tokens;
  } catch {
    return [];
  }
}
