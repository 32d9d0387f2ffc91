import { blameNode } from '../nodes/blame-node.ts';
import type { Server } from '../../database/server.ts';
import type { Opening } from '../target.ts';
import { placesOf } from './cluster.ts';
import { welcomeOnCluster } from './cluster-welcome.ts';
import { cleanCommand, guestServer } from './guest-server.ts';
import { withGuests } from './guests.ts';
import { clearOurs } from './leftovers.ts';
import { welcomeAt, type Welcome } from './welcome.ts';

/** What a guest asks for. */
export interface Visit {
  /** Without a password, unless it came from the environment. */
  url: string;
  /** Of all our databases there together. */
  maxSizeBytes: number;
  /** Infinity where only the server limits them. */
  maxSessions: number;
}

type GuestOptions = Visit & Opening;

/**
 * Runs `use` with somebody's server, or with the cluster whose coordinator that is. Only databases of our own are made
 * there, and a role for them where we came as a superuser, all with one prefix and a comment that marks them; all are
 * dropped afterwards, whatever happens in between. Nothing is set for the server as a whole.
 *
 * @throws RunError when the server or the role cannot do what is needed, or the user declined; in a cluster, on which node
 */
export async function withGuestServer<T>(
  options: GuestOptions,
  use: (server: Server) => Promise<T>,
): Promise<T> {
  const welcomes = await arrive(options);
  let kept = false;
  try {
    const value = await withGuests(welcomes, options, async (guests) => {
      const server = guestServer(guests, options);
      if (server.workers.length === 0) return use(server);
      return blameNode(server, { resumed: 'once it is back' }, options.signal, () => use(server));
    });
    kept = options.keep;
    return value;
  } finally {
    if (!kept) await leave(welcomes, options);
  }
}

async function arrive(options: GuestOptions): Promise<[Welcome, ...Welcome[]]> {
  const places = await placesOf(options.url, options.signal);
  const isAlone = places.length === 1;
  const welcomes: [Welcome, ...Welcome[]] = isAlone
    ? [await welcomeAt(places[0], options)]
    : await welcomeOnCluster(places, options);
  await options.confirm({
    maxSessions: Math.min(...welcomes.map(({ maxSessions }) => maxSessions)),
    concerns: welcomes.flatMap(({ concerns, place }) =>
      isAlone ? concerns : concerns.map((concern) => `${concern} (${place.name})`),
    ),
  });
  return welcomes;
}

/** On every node by itself: one that has ended keeps none of the others from being cleared. */
async function leave(
  welcomes: readonly [Welcome, ...Welcome[]],
  { onLeftBehind }: GuestOptions,
): Promise<void> {
  const command = cleanCommand(welcomes[0]);
  const cleared = await Promise.all(welcomes.map(({ admin }) => clearOurs(admin(), command)));
  cleared.forEach((left, position) => {
    for (const { name, ...rest } of left)
      onLeftBehind({
        ...rest,
        name: welcomes.length === 1 ? name : `${name} on the ${welcomes[position]?.place.name}`,
      });
  });
}
