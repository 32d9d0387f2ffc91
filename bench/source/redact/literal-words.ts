import { loadModule } from 'libpg-query';
import { WORDS } from './fake-words.ts';
import { tokensOf } from './sql-tokens.ts';

/**
 * The words of all literals of an SQL text, in lower case: those of CHECK constraints, predicates, defaults, bounds of
 * partitions, labels of enums and bodies of functions. Where rows have them, the schema may rely on it.
 */
export async function wordsOfLiterals(sql: string): Promise<Set<string>> {
  await loadModule();
  return new Set(literalsIn(sql).flatMap((literal) => literal.toLowerCase().match(WORDS) ?? []));
}

/** A literal between dollars may be the body of a function, with literals in it: none of a body in another language. */
function literalsIn(sql: string): string[] {
  return (tokensOf(sql) ?? []).flatMap(({ tokenName, text }) => {
    if (!tokenName.endsWith('SCONST')) return [];
    const [, , body] = BETWEEN_DOLLARS.exec(text) ?? [];
    return body === undefined ? [text] : literalsIn(body);
  });
}

const BETWEEN_DOLLARS = /^\$([^$]*)\$([^]*)\$\1\$$/;
