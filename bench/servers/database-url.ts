/** What is wrong with the URL of a database, to be added to the words that it is none; nothing of it is repeated. */
export function databaseUrlProblem(typed: string): string | undefined {
  if (!/^postgres(ql)?:\/\//.test(typed)) return '';
  return isInDoubt(typed) ? `; ${ESCAPES}` : undefined;
}

/** Any part of such a URL may be one of its password: none is repeated. */
const ESCAPES = 'in its user name and password, write / as %2F, @ as %40, ? as %3F, # as %23 and % as %25';

/**
 * Whether a character of a password may have been taken for a delimiter (RFC 3986, 3.2): an authority ends at the
 * first "/", "?" or "#", so that an "@" behind it is the one that was to end the password.
 */
function isInDoubt(url: string): boolean {
  if (!URL.canParse(url)) return true;
  const { username, password, hostname, pathname } = new URL(url);
  const [, , ...behindAuthority] = url.split(/[/?#]+/);
  return (
    behindAuthority.some((part) => part.includes('@')) ||
    ![username, password, hostname, pathname].every(isDecodable)
  );
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** On a command line every user of the machine could read it. */
export const holdsPassword = ({ password, searchParams }: URL): boolean =>
  password !== '' || searchParams.has('password');
