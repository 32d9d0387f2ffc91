import { programCommand } from '../../system/program.ts';
import { shellCommand } from '../../format/shell.ts';
import { urlWithoutSecrets } from '../../format/plain-text.ts';
import { ONE_MACHINE } from '../../database/nodes.ts';
import type { Node, Room, Server } from '../../database/server.ts';
import { linkingNodes, type Credentials } from '../nodes/link-nodes.ts';
import type { Guest } from './guests.ts';
import { guestRoom } from './room.ts';
import { staying } from './welcome.ts';

const nodeOf = ({ place, connection, admin, owner }: Guest): Node => ({
  name: place.name,
  admin,
  administer: (use) => use(connection),
  owner: (database) => staying(owner(database)),
});

/** One server out of those that the guest is on. */
export function guestServer(
  guests: readonly [Guest, ...Guest[]],
  { maxSizeBytes, signal }: { maxSizeBytes: number; signal: AbortSignal },
): Server {
  const [first, ...others] = guests;
  const { admin, ownerRole, namePrefix } = first;
  const server: Server = {
    ...ONE_MACHINE,
    ...nodeOf(first),
    ...(others.length > 0 && {
      workers: others.map(nodeOf),
      linkNodes: (database: string) => linkingNodes(server, { database, ...ways(guests) }, signal),
    }),
    target: 'url',
    maxSessions: Math.min(...guests.map(({ maxSessions }) => maxSessions)),
    ownerRole,
    namePrefix,
    isOurs: false,
    copying: 'through the WAL',
    processId: undefined,
    restart: undefined,
    flush: undefined,
    room: (): Promise<Room> => guestRoom(server, maxSizeBytes),
    connectCommand: (database) => shellCommand(['psql', urlWithoutSecrets(admin(database).url)]),
    stopCommand: cleanCommand(first),
  };
  return server;
}

/** How the nodes reach each other: as they are known to each other, with the password that let us in, if one did. */
function ways(guests: readonly [Guest, ...Guest[]]) {
  const [{ connection, ownerRole, ownerPassword }] = guests;
  const credentials: Credentials[] = [];
  if (typeof connection.password === 'string')
    credentials.push({ role: connection.user ?? '', password: connection.password });
  if (ownerRole !== undefined) credentials.push({ role: ownerRole, password: ownerPassword });
  return { credentials, addresses: guests.flatMap(({ place }) => place.address ?? []) };
}

/** Removes what was left on any node. */
export const cleanCommand = ({ admin }: Pick<Server, 'admin'>): string =>
  programCommand('clean', '--url', urlWithoutSecrets(admin().url));
