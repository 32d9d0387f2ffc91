/** What was typed, without what may be a password in it. */
export const withoutUrls = (typed: string): string => typed.replace(/(postgres(?:ql)?:\/\/).+/gis, '$1…');

/** A message, without the user and the password of a URL that it repeats. */
export const withoutCredentials = (message: string): string => message.replace(/(\w:\/\/)\S+@/g, '$1…@');
