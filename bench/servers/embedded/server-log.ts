import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunError } from '../../model/errors.ts';
import { isSessionLoss } from '../../database/connection.ts';
import { isServerAway } from '../../database/no-connection.ts';
import { freeBytes } from '../../system/disk.ts';

/** Beside what the server's account may write in: nothing can be put in its place. */
export const logFile = (directory: string): string => join(directory, 'server.log');

const SHOWN_LINES = 5;

/** The end of what a server has logged. */
export const lastLines = async (directory: string): Promise<string> => shown(await linesOf(directory));

const shown = (lines: readonly string[]): string => lines.slice(-SHOWN_LINES).join('\n');

async function linesOf(directory: string): Promise<string[]> {
  const log = await readFile(logFile(directory), 'utf8').catch(() => '');
  return log.trim().split('\n');
}

/** What to say when a server is gone that nobody has stopped. */
export const endedByItself = async (directory: string, cause: unknown): Promise<RunError> =>
  new RunError('The PostgreSQL server has ended', {
    detail: await lastLines(directory),
    remedy:
      'Its last lines of log are above; a full disk, too little memory and a kill are the usual causes.',
    cause,
  });

/**
 * With what the log says of the end of a session, or of the crash after which none opens: the log goes with the server. On a
 * full disk it may say nothing.
 */
export async function explainedByLog(directory: string, error: unknown): Promise<unknown> {
  if (!isSessionLoss(error) && !isServerAway(error)) return error;
  const lines = await linesAboutAnEnd(directory);
  const isFull = (await freeBytes(directory)) < LEAST_FREE_BYTES;
  if (lines.length === 0 && !isFull) return error;
  const found = [...(lines.length > 0 ? [shown(lines)] : []), ...(isFull ? [fullDisk(directory)] : [])];
  return new RunError(error.message, {
    detail: [error.detail ?? '', ...found].join('\n'),
    remedy: "What the server's log and disk tell is above. What was measured is kept: go on with --resume.",
    cause: error,
  });
}

/** Two segments of WAL: without room for the next one, PostgreSQL crashes. */
const LEAST_FREE_BYTES = 2 * 16 * 2 ** 20;

const fullDisk = (directory: string): string => `No space left on device: the disk of ${directory} is full`;

const LOG_PATIENCE_MS = 5_000;

/** The server may log what has happened to a session after that is noticed here. */
async function linesAboutAnEnd(directory: string): Promise<string[]> {
  const deadline = Date.now() + LOG_PATIENCE_MS;
  for (;;) {
    const lines = await linesOf(directory);
    const start = lines.findLastIndex((line) => line.includes('starting PostgreSQL'));
    const telling = lines.slice(start).filter(tellsOfAnEnd);
    if (telling.length > 0 || Date.now() > deadline) return telling;
    await sleep(50);
  }
}

const tellsOfAnEnd = (line: string): boolean => AN_END.test(line) && !REFUSED_MEANWHILE.test(line);

const AN_END = / (FATAL|PANIC): {2}|was terminated by signal/;
/** What follows a crash, and would hide its reason. */
const REFUSED_MEANWHILE = / FATAL: {2}the database system is /;
