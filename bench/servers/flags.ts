import type { Flag, ValueFlag } from '../flags/flag.ts';
import type { FlagReader } from '../flags/flag-reader.ts';
import { listOf, NotAccepted, oneOf } from '../flags/values.ts';
import { urlWithoutSecrets } from '../format/plain-text.ts';
import { BUNDLED_MAJOR, MAJORS } from './server-settings.ts';

/** Flags that more than one target takes, or a command that has none. */

const [oldest, newest] = [MAJORS[0], MAJORS.at(-1)];

export const pg = {
  usage: '--pg <major>',
  help: `major of the PostgreSQL to start, ${oldest} to ${newest}`,
  default: String(BUNDLED_MAJOR),
  commands: ['run', 'seed', 'sweep', 'nightly', 'try'],
  parse: (typed) => Number(oneOf(MAJORS.map(String))(typed)),
  replay: ({ major }) => major,
} satisfies ValueFlag<number, { major: number }>;

/** A run on each of them has its own `--pg`. */
export const majors = {
  usage: '--pg <major,...>',
  help: 'majors of the PostgreSQL to start, one after another',
  default: MAJORS.join(','),
  commands: ['matrix'],
  parse: (typed) => {
    const chosen = listOf(MAJORS.map(String))(typed);
    return MAJORS.filter((major) => chosen.includes(String(major)));
  },
} satisfies ValueFlag<readonly number[]>;

export const url = {
  usage: '--url <url>',
  help: 'PostgreSQL to measure on, to check, or to look for leftovers on',
  default: { words: 'DATABASE_URL' },
  defaultOf: { verify: { words: 'a database made for it' } },
  commands: ['run', 'verify', 'audit', 'clean', 'sweep', 'nightly', 'try'],
  parse: (typed) => databaseUrl(typed, `${ELSEWHERE}, or the whole URL into DATABASE_URL`),
  replay: (request) => urlWithoutSecrets(request.url),
  resumable: true,
} satisfies ValueFlag<string, { url: string }>;

const UNITS = { MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };

/** Bytes, typed with their unit. */
export function size(typed: string): number {
  const [, figure, unit = ''] = /^(\d+(?:\.\d+)?)\s*(MB|GB|TB)$/i.exec(typed) ?? [];
  const bytes = Number(figure) * UNITS[unit.toUpperCase() as keyof typeof UNITS];
  if (bytes > 0) return bytes;
  throw NotAccepted.value(typed, 'a size such as 500MB or 8GB');
}

export const yes = {
  usage: '--yes',
  help: 'go ahead without asking: where others use the server, or to remove',
  commands: ['run', 'clean', 'sweep', 'nightly'],
  resumable: true,
} satisfies Flag;

/** Where a password may stand. */
export const ELSEWHERE = 'put it into PGPASSWORD or a passfile';

/**
 * The URL of a database, as it is typed.
 *
 * @param elsewhere where its password belongs
 * @throws NotAccepted where it is none, or holds a password
 */
export function databaseUrl(typed: string, elsewhere: string): string {
  const problem = databaseUrlProblem(typed);
  if (problem !== undefined) throw new NotAccepted(`takes a postgres:// URL${problem}`);
  if (holdsPassword(new URL(typed)))
    throw new NotAccepted(`has a password, which every user of this machine could read; ${elsewhere}`);
  return typed;
}

/** `--url`, or else DATABASE_URL; undefined where neither is there or what is there is refused. */
export function chosenUrl(read: FlagReader): string | undefined {
  if (read.isGiven(url)) return read.value(url);
  const { DATABASE_URL } = read.env;
  const problem = DATABASE_URL === undefined ? undefined : databaseUrlProblem(DATABASE_URL);
  if (problem !== undefined) read.problem(url, `DATABASE_URL holds no postgres:// URL${problem}`);
  return DATABASE_URL;
}

/** @param takes ends the problem that it is when there is none */
export function requiredUrl(read: FlagReader, takes: string): string {
  if (!read.isGiven(url) && read.env.DATABASE_URL === undefined)
    read.problem(url, `is missing, and so is DATABASE_URL; ${takes}`);
  return chosenUrl(read) ?? '';
}

/** What is wrong with the URL of a database, to be added to the words that it is none; nothing of it is repeated. */
function databaseUrlProblem(typed: string): string | undefined {
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
const holdsPassword = ({ password, searchParams }: URL): boolean =>
  password !== '' || searchParams.has('password');
