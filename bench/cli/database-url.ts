import type { FlagReader } from './flag-reader.ts';
import type { Io } from './io.ts';

/**
 * A database of the user's. Its password may stand in DATABASE_URL, in PGPASSWORD or in a passfile, but not on the
 * command line, which every user of the machine can read.
 */
export function databaseUrl(read: FlagReader, env: Io['env']): string | undefined {
  const isGiven = read.isGiven('url');
  const url = isGiven ? read.text('url', '') : env.DATABASE_URL;
  if (url === undefined) return undefined;
  const expected = isGiven ? 'takes a postgres:// URL' : 'DATABASE_URL holds no postgres:// URL';
  if (!/^postgres(ql)?:\/\//.test(url)) read.problem('url', expected);
  else if (isInDoubt(url)) read.problem('url', `${expected}; ${ESCAPES}`);
  else if (isGiven && holdsPassword(new URL(url))) read.problem('url', READABLE_BY_ALL);
  return url;
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

const READABLE_BY_ALL =
  'has a password, which every user of this machine could read; put it into PGPASSWORD or a passfile, or the whole URL into DATABASE_URL';

const holdsPassword = ({ password, searchParams }: URL): boolean =>
  password !== '' || searchParams.has('password');
