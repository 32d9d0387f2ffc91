import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { APPLICATION_NAME, sessionOptions, type Login } from '../../database/login.ts';
import { RunError } from '../../model/errors.ts';

const run = promisify(execFile);

/**
 * What pg_dump prints for a database.
 *
 * @param wanted its flags that say what to print
 * @throws RunError with what pg_dump says when it fails
 */
export async function runPgDump(
  path: string,
  login: Login,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const { url, password } = withoutPassword(login);
  const env = { ...environmentFor(login), ...(password !== '' && { PGPASSWORD: password }) };
  try {
    const flags = [...wanted, '--no-password', '--encoding=UTF8', `--dbname=${url}`];
    return (await run(path, flags, { env, signal, maxBuffer: Infinity })).stdout;
  } catch (cause) {
    signal.throwIfAborted();
    throw dumpError(cause as Error & { stderr?: string });
  }
}

/** Every user of the machine can read the arguments of a process, and only its own user the environment (proc(5)). */
function withoutPassword({ url, settings }: Login): { url: string; password: string } {
  const own = new URL(url);
  const password = own.searchParams.get('password') ?? decodeURIComponent(own.password);
  own.password = '';
  own.searchParams.delete('password');
  own.searchParams.set('options', sessionOptions(own, settings));
  // To libpq a plus sign is no blank.
  own.search = own.search.replaceAll('+', '%20');
  return { url: own.href, password };
}

const CONNECT_TIMEOUT_SECONDS = '15';

/** In English, since a missing right is looked for in what it says. */
function environmentFor({ environment }: Login): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => environment === 'used' || !name.startsWith('PG'),
  );
  return {
    PGCONNECT_TIMEOUT: CONNECT_TIMEOUT_SECONDS,
    ...Object.fromEntries(inherited),
    PGAPPNAME: APPLICATION_NAME,
    LC_ALL: 'C',
  };
}

/** What pg_dump says of a relation or schema that the role has no right to. */
const DENIED = /permission denied for ((schema|table|sequence|view|materialized view) .+)$/m;

function dumpError(cause: Error & { stderr?: string }): RunError {
  const lines = (cause.stderr ?? '').trim().split('\n').filter(Boolean);
  const said = lines.map((line) => line.replace(/^pg_dump: (error: )?/, '  '));
  const detail = said.length > 0 ? said.join('\n') : `  ${cause.message}`;
  const [, denied, kind] = DENIED.exec(cause.stderr ?? '') ?? [];
  if (denied === undefined)
    return new RunError("pg_dump cannot read the source's schema", {
      detail,
      remedy: 'Run pg_dump --schema-only on the source yourself to see more.',
      cause,
    });
  const right = kind === 'schema' ? 'USAGE' : 'SELECT';
  return new RunError(`The role may not read ${denied} of the source`, {
    detail,
    remedy: `GRANT ${right} on it to the role: pg_dump locks every table whose definition it reads.`,
    cause,
  });
}
