/** What was typed, without what may be a password in it. */
export const withoutUrls = (typed: string): string => typed.replace(/(postgres(?:ql)?:\/\/).+/gis, '$1…');
