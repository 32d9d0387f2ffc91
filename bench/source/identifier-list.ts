/** The names of a list such as `"$user", Sales, public`, as the catalog has them. */
export const namesIn = (list: string): string[] =>
  [...list.matchAll(/"((?:[^"]|"")*)"|[^\s,"]+/g)].map(([name, inQuotes]) =>
    inQuotes === undefined ? name.toLowerCase() : inQuotes.replaceAll('""', '"'),
  );
