import { spawn } from 'node:child_process';
import { RunError } from '../../model/errors.ts';
import type { Locale } from '../../model/locale.ts';
import { shownPath } from '../../system/named-file.ts';
import { findPrograms } from '../postgres-programs.ts';
import type { DumpFile } from './dump-file.ts';
import { majorOf } from './dump-header.ts';
import { localeIn } from './dump-locale.ts';

/**
 * The pg_restore of this machine that is nearest to the pg_dump that made an archive: an older one may not know its format.
 *
 * @throws RunError where there is none
 */
export async function findPgRestore({ path, header }: DumpFile): Promise<string> {
  const needed = header.pgDump === undefined ? 0 : majorOf(header.pgDump);
  const programs = await findPrograms('pg_restore');
  const found = programs.find(({ major }) => major >= needed);
  if (found) return found.path;
  const newest = programs.at(-1);
  throw new RunError(`There is no pg_restore for ${shownPath(path)}`, {
    detail: `  It was made by pg_dump ${header.pgDump ?? ''}; ${newest ? `the newest here is ${newest.major}` : 'none is in PATH'}.`,
    remedy: `Install PostgreSQL's client programs${needed > 0 ? ` ${needed} or later` : ''}, or make a plain dump: pg_dump --format=plain.`,
  });
}

/** Read at most for what stands in the beginning. */
const BEGINNING = 64 * 1024;

/**
 * The locale of the database that an archive was made of.
 *
 * @throws RunError as `sqlOfArchive` does
 */
export async function localeOfArchive(
  program: string,
  path: string,
  signal: AbortSignal,
): Promise<Locale | undefined> {
  let text = '';
  for await (const chunk of sqlOfArchive(program, path, signal, ['--create', '--schema-only'])) {
    text += chunk.toString('latin1');
    const locale = localeIn(text);
    if (locale || text.length > BEGINNING) return locale;
  }
  return undefined;
}

/**
 * What pg_restore makes of an archive: SQL, as pg_dump would have written it.
 *
 * @param flags besides
 * @throws RunError with what it says when it fails
 */
export async function* sqlOfArchive(
  program: string,
  path: string,
  signal: AbortSignal,
  flags: readonly string[] = [],
): AsyncGenerator<Buffer> {
  const child = spawn(program, [...flags, '--file=-', '--', path], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
    signal,
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    // The signal has killed it, or it could not be started.
    child.once('error', () => {
      resolve(null);
    });
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    const code = await ended;
    signal.throwIfAborted();
    if (code !== 0) throw failure(path, said);
  } finally {
    child.kill();
  }
}

const failure = (path: string, said: string): RunError =>
  new RunError(`pg_restore cannot read ${shownPath(path)}`, {
    detail: said
      .trim()
      .split('\n')
      .map((line) => line.replace(/^pg_restore: (error: )?/, '  '))
      .join('\n'),
    remedy: 'It may be truncated: make the dump again, and look at what pg_dump says.',
  });
