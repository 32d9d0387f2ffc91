import { readFileSync } from 'node:fs';
import { RunError } from '../../model/errors.ts';

/** The user that the server runs as, when that is not the user of this process. */
export interface ServerAccount {
  uid: number;
  gid: number;
}

const PREFERRED = ['postgres', 'nobody', 'daemon'];

/**
 * PostgreSQL refuses to run as root. As root, an existing unprivileged user is chosen (none is created);
 * as anybody else, the server runs as that user and the result is undefined.
 */
export function serverAccount(): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n').map(parseAccount);
  for (const name of PREFERRED) {
    const account = accounts.find((candidate) => candidate.name === name && candidate.uid > 0);
    if (account) return { uid: account.uid, gid: account.gid };
  }
  throw new RunError('PostgreSQL does not run as root, and no unprivileged user was found', {
    remedy: `Run as an ordinary user, or on a system that has one of: ${PREFERRED.join(', ')}.`,
  });
}

function parseAccount(line: string): { name: string; uid: number; gid: number } {
  const [name = '', , uid, gid] = line.split(':');
  return { name, uid: Number(uid), gid: Number(gid) };
}
