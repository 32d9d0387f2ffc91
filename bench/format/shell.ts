/**
 * A line for a POSIX shell that runs exactly these words, each quoted where it needs to be.
 *
 * @param environment variables that are set for this command alone
 */
export function shellCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${quoted(value)}`);
  return [...variables, ...words.map(quoted)].join(' ');
}

/** Between single quotes nothing has a meaning but their end (POSIX.1-2017, Shell Command Language, 2.2.2). */
const quoted = (word: string): string =>
  /^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
