import type { Locale } from '../model/locale.ts';

/** `LATIN1, libc C` */
export const localeText = (locale: Locale): string => `${locale.encoding}, ${orderText(locale)}`;

/** `libc en_US.UTF-8` */
function orderText({ provider, collate, ctype, name, rules }: Locale): string {
  if (provider !== 'libc')
    return `${provider} ${name ?? ''}${rules === undefined ? '' : ' with its own rules'}`;
  return collate === ctype ? `libc ${collate}` : `libc ${collate} with the letters of ${ctype}`;
}

export const isSameLocale = (one: Locale, other: Locale): boolean =>
  one.encoding === other.encoding && orderText(one) === orderText(other);

/** What depends on the order of text. */
export const UNLIKE_LOCALE =
  "the order of indexes on text, and whether LIKE 'a%' uses them, may be others there";
