import { isIP } from 'node:net';
import { join } from 'node:path';
import { DatabaseError } from 'pg';
import { bytes } from '../../format/quantity.ts';
import type { Connection } from '../../database/connection.ts';
import { onEveryNode } from '../../database/nodes.ts';
import type { Node, Room, Server } from '../../database/server.ts';
import { freeBytes } from '../../system/disk.ts';
import { readPlainFile } from '../plain-file.ts';

/** What may still be filled: up to --max-size on all nodes together, and no more than the disks have where that can be seen. */
export async function guestRoom(server: Server, maxSizeBytes: number): Promise<Room> {
  const found = await onEveryNode(server, (node) =>
    node.administer(async (connection) => ({
      used: await ownBytes(connection, server.namePrefix),
      free: await freeBytesOn(node, connection),
    })),
  );
  const used = found.reduce((sum, node) => sum + node.used, 0);
  const free = Math.min(...found.map((node) => node.free));
  const allowed = { bytes: maxSizeBytes - used, limit: `--max-size is ${bytes(maxSizeBytes)}` };
  return free >= allowed.bytes ? allowed : { bytes: free, limit: 'that is what its disk has left' };
}

const OWN = `SELECT coalesce(sum(pg_database_size(oid)), 0) AS bytes FROM pg_database WHERE starts_with(datname, $1)`;

async function ownBytes(connection: Connection, prefix: string): Promise<number> {
  const { rows } = await connection.query<{ bytes: string }>(OWN, [`${prefix}_`]);
  return Number(rows[0]?.bytes);
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || (isIP(host) > 0 && host.startsWith('127.')) || host === '[::1]';

/** Infinity where it cannot be seen. */
async function freeBytesOn({ admin }: Node, connection: Connection): Promise<number> {
  const { hostname, port } = new URL(admin().url);
  const free = isLoopback(hostname) ? await freeBytesOf(connection, port || '5432') : undefined;
  return free ?? Infinity;
}

/** The role may not be told where the data is, and a container's loopback port leads to another file system. */
async function freeBytesOf(connection: Connection, port: string): Promise<number | undefined> {
  try {
    const { rows } = await connection.query<{ data_directory: string }>('SHOW data_directory');
    const directory = rows[0]?.data_directory ?? '';
    const lines = (await readPlainFile(join(directory, 'postmaster.pid'))).split('\n');
    if (lines[3] !== port) return undefined;
    return await freeBytes(directory);
  } catch (error) {
    if (error instanceof DatabaseError || (error as NodeJS.ErrnoException).code) return undefined;
    throw error;
  }
}
