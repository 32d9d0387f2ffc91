import type { Locale } from '../../../bench/model/locale.ts';

/** How a database sorts text. */
export interface TextOrder {
  compare: (a: string, b: string) => number;
  /** Whether by bytes, so that each upper-case letter comes before all lower-case ones. */
  isBytewise: boolean;
}

export const BYTEWISE: TextOrder = {
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  isBytewise: true,
};

/** By the rules of ICU where PostgreSQL goes by those of a language, which differ between C libraries in punctuation only. */
export function textOrder({ provider, collate, name }: Locale): TextOrder {
  const language = provider === 'icu' ? name : collate;
  if (provider === 'builtin' || language === undefined || /^(C|POSIX)(\.|$)/.test(language)) return BYTEWISE;
  const { compare } = new Intl.Collator(languageTag(language));
  return { compare: (a, b) => compare(a, b) || BYTEWISE.compare(a, b), isBytewise: false };
}

/** `und` for one that JavaScript does not know. */
function languageTag(language: string): string {
  const tag = language.replace(/[.@].*$/, '').replaceAll('_', '-');
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'und';
  } catch {
    return 'und';
  }
}
