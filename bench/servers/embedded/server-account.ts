import { readFileSync } from 'node:fs';
import { RunError } from '../../model/errors.ts';
import { isRunning } from '../../system/process-identity.ts';
import type { Process } from '../../system/process-table.ts';
import { strangeness } from './server-directories.ts';
import { listServers } from './server-processes.ts';

/** The user that the server runs as, when that is not the user of this process. */
export interface ServerAccount {
  name: string;
  uid: number;
  gid: number;
}

type ForeignServer = Pick<Process, 'pid' | 'uid' | 'workingDirectory'>;

const PREFERRED = ['nobody', 'daemon', 'bin', 'games'];
/** Of PostgreSQL's packages: its clusters take this user for their superuser, running or not. */
const PACKAGED = 'postgres';

/**
 * PostgreSQL refuses to run as root. As root, an existing unprivileged user is chosen (none is created) that runs no
 * PostgreSQL but ours: SQL of a candidate may start programs as this user, and a local PostgreSQL takes the user of a
 * program for a role (PostgreSQL manual, 20.9 "Peer Authentication"). As anybody else, the server runs as that user and
 * the result is undefined.
 *
 * @throws RunError when there is no such user
 */
export async function serverAccount(): Promise<ServerAccount | undefined> {
  return process.getuid?.() === 0 ? freeAccount(unprivilegedAccounts(), await foreignServers()) : undefined;
}

/** @throws RunError when each of the accounts runs one of the servers */
export function freeAccount(
  accounts: readonly ServerAccount[],
  foreign: readonly ForeignServer[],
): ServerAccount {
  const free = accounts.find(({ uid }) => !foreign.some((server) => server.uid === uid));
  if (free) return free;
  throw new RunError('PostgreSQL does not run as root, and no unprivileged user was found', {
    detail: accounts.map((account) => describeUse(account, foreign)).join('\n'),
    remedy: `Run as an ordinary user, or where one of these runs no other PostgreSQL: ${PREFERRED.join(', ')}.`,
  });
}

function unprivilegedAccounts(): ServerAccount[] {
  const all = readFileSync('/etc/passwd', 'utf8').split('\n').map(parseAccount);
  const packaged = all.filter(({ name }) => name === PACKAGED).map(({ uid }) => uid);
  return PREFERRED.flatMap((name) =>
    all.filter((account) => account.name === name && account.uid > 0 && !packaged.includes(account.uid)),
  );
}

function parseAccount(line: string): ServerAccount {
  const [name = '', , uid, gid] = line.split(':');
  return { name, uid: Number(uid), gid: Number(gid) };
}

/** Those that no directory of ours is the home of. */
async function foreignServers(): Promise<Process[]> {
  const foreign: Process[] = [];
  for (const { process, directories } of await listServers()) {
    const strange = await Promise.all(directories.map(strangeness));
    // One of ours may have ended since, and its directory with it.
    if (strange.every(Boolean) && isRunning(process.identity)) foreign.push(process);
  }
  return foreign;
}

function describeUse({ name, uid }: ServerAccount, foreign: readonly ForeignServer[]): string {
  const server = foreign.find((candidate) => candidate.uid === uid);
  return `${name} runs a PostgreSQL: process ${server?.pid}, in ${server?.workingDirectory}`;
}
