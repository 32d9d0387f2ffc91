/**
 * A line for a POSIX shell that runs exactly these words, quoted where needed.
 *
 * @param environment variables set for this command only
 */
export function shellCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${quoted(value)}`);
  return [...variables, ...words.map(quoted)].join(' ');
}

/** In single quotes only the closing quote is special (POSIX.1-2017, Shell Command Language, 2.2.2). */
const quoted = (word: string): string =>
  /^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
