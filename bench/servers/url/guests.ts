import { randomBytes } from 'node:crypto';
import { withSessions, type Connection } from '../../database/connection.ts';
import { listMade } from '../../database/leftovers.ts';
import { PROCESS_TOKEN } from '../../database/login.ts';
import { randomPassword } from '../../database/owner-role.ts';
import { announcePresence } from '../../database/presence.ts';
import type { Opening } from '../target.ts';
import { ownerLogins, type OwnerLogins } from './owner.ts';
import type { Welcome } from './welcome.ts';

/** What everything of this process on somebody's server is called at the beginning. */
const PREFIX = `index_impact_${PROCESS_TOKEN}`;

/** One node, on which we are: its session says so, and makes and drops what we need. */
export interface Guest extends Welcome, OwnerLogins {
  connection: Connection;
  namePrefix: string;
  ownerPassword: string;
}

/** Runs `use` with a session on each node. */
export async function withGuests<T>(
  welcomes: readonly [Welcome, ...Welcome[]],
  options: Pick<Opening, 'settings' | 'sessionSettings' | 'signal'>,
  use: (guests: [Guest, ...Guest[]]) => Promise<T>,
): Promise<T> {
  return withSessions([welcomes.map(({ admin }) => admin())], options.signal, async (connections) => {
    await Promise.all(connections.map(announcePresence));
    const namePrefix = await freePrefix(connections);
    const role = { name: `${namePrefix}_owner`, password: randomPassword() };
    const guests: Guest[] = [];
    for (const [position, welcome] of welcomes.entries()) {
      const connection = connections[position];
      if (!connection) continue;
      const owner = await ownerLogins(connection, welcome.place, role, options);
      guests.push({ ...welcome, ...owner, connection, namePrefix, ownerPassword: role.password });
    }
    return use(guests as [Guest, ...Guest[]]);
  });
}

/** What an earlier run of this process could not remove has the names that we would take. */
async function freePrefix(connections: readonly Connection[]): Promise<string> {
  const made = await Promise.all(connections.map(listMade));
  return made.flat().some(({ isOwn }) => isOwn) ? `${PREFIX}_${randomBytes(2).toString('hex')}` : PREFIX;
}
