/** Titles align their parts with spaces in tables of fixed width; anywhere else a comma does that. */
export const inSentence = (title: string): string => title.replace(/ {2,}/g, ', ');
