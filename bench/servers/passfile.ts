import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shellCommand } from '../format/shell.ts';
import { urlWithoutSecrets } from '../format/plain-text.ts';

const passfile = (directory: string): string => join(directory, 'passfile');

/**
 * What libpq needs to get in, for nobody but this user (PostgreSQL manual, 32.16 "The Password File").
 *
 * @param urls with roles and passwords in which no colon and no backslash stands
 */
export function writePassfile(directory: string, urls: readonly string[]): Promise<void> {
  const lines = urls
    .map((url) => new URL(url))
    .map(({ hostname, port, username, password }) => `${hostname}:${port}:*:${username}:${password}\n`);
  return writeFile(passfile(directory), lines.join(''), { mode: 0o600, flag: 'wx' });
}

/** A password among the arguments of psql could be read by every user of the machine. */
export const connectCommand = (directory: string, url: string): string =>
  shellCommand(['psql', urlWithoutSecrets(url)], { PGPASSFILE: passfile(directory) });
