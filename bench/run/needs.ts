import { expectedBytes } from '../../seed/expected-bytes.ts';
import type { Server } from '../database/server.ts';
import { bytes } from '../format/quantity.ts';
import { RunError } from '../model/errors.ts';
import type { MemoryUse } from '../model/run.ts';
import { baselineStages, databasesAtOnce, type BaselineStages } from './baseline-stages.ts';
import { chosenItems } from './chosen-items.ts';
import { copiesOf } from './copy-groups.ts';
import { memoryUse, serverMemory, type ServerMemory } from './memory.ts';
import type { DatasetRequest, RunRequest } from './run-request.ts';

/** What a run takes at the same time, expected before anything is loaded, and the stages that follow from it. */
export interface Needs extends BaselineStages {
  diskBytes: number;
  memory: ServerMemory;
  memoryUse: MemoryUse;
}

/** The catalogs of an empty database, of any major. */
const EMPTY_DATABASE_BYTES = 8 * 1024 ** 2;

/**
 * Rows take more room on disk than as COPY text: headers, gaps that ageing leaves, indexes. Measured on the Sales Agent at
 * scale 0.5 and 1: 1.4 times the text, 1.5 with the candidate's 19 indexes.
 */
const DISK_PER_TEXT = 1.5;

/** Measured at the same time: what loading and ageing write to the WAL before the first checkpoint removes it. */
const WAL_PER_TEXT = 2.2;

/** The segment that is written to, and the next one (PostgreSQL manual, 28.5 "WAL Configuration"). */
const LEAST_WAL_BYTES = 2 * 16 * 1024 ** 2;

/** About the bytes of one database, and of the WAL on a server of ours. */
interface ExpectedSizes {
  databaseBytes: number;
  walBytes: number;
}

/** Before anything is loaded. */
export function expectedSizes(
  { suite, scale, seed }: DatasetRequest,
  { isOurs }: Pick<Server, 'isOurs'>,
): ExpectedSizes {
  const { databaseBytes, walBytes } = sizesOf(expectedBytes(suite.dataset.tables, scale, seed));
  return { databaseBytes, walBytes: isOurs ? walBytes : 0 };
}

/** So many databases, the observer's, and the WAL. */
export const diskBytesFor = (databases: number, { databaseBytes, walBytes }: ExpectedSizes): number =>
  databases * databaseBytes + EMPTY_DATABASE_BYTES + walBytes;

/** @param text bytes of all rows as COPY text */
const sizesOf = (text: number) => ({
  databaseBytes: Math.round(EMPTY_DATABASE_BYTES + DISK_PER_TEXT * text),
  walBytes: Math.round(LEAST_WAL_BYTES + WAL_PER_TEXT * text),
});

/** The fewest that a run of one baseline has at the same time. */
export const LEAST_DATABASES = databasesAtOnce({ stages: [['shipped']], copiesAtOnce: 2 });

/** About the least that a run of one baseline takes on a server of ours, before its suite is known. */
export function leastDiskBytes(text: number): number {
  const { databaseBytes, walBytes } = sizesOf(text);
  return LEAST_DATABASES * databaseBytes + EMPTY_DATABASE_BYTES + walBytes;
}

/**
 * Finds the stages in which a run has the disk and the memory that it needs. With `keep` all arms stay: there is one stage.
 *
 * @throws RunError, before anything is loaded, when there is no room for the least of them
 */
export async function needsOf(request: RunRequest, server: Server): Promise<Needs> {
  const sizes = expectedSizes(request, server);
  const room = await server.room();
  const memory = await serverMemory(server);
  const diskBytesOf = (databases: number): number => diskBytesFor(databases, sizes);
  const useOf = (databases: number): MemoryUse => memoryUse(databases * sizes.databaseBytes, memory);
  const fits = (databases: number): boolean =>
    request.keep ||
    (diskBytesOf(databases) <= room.bytes && useOf(databases).regime !== 'larger than memory');
  const atOnce = baselineStages(request.baselines, copiesOf(chosenItems(request)), fits);
  const databases = databasesAtOnce(atOnce);
  const diskBytes = diskBytesOf(databases);
  if (diskBytes > room.bytes) {
    throw new RunError('There is no room for the databases of this run', {
      detail: `They take about ${bytes(diskBytes)}; ${bytes(Math.max(0, room.bytes))} are left: ${room.limit}.`,
      remedy: 'Make room, or measure a smaller dataset with --scale.',
    });
  }
  return { ...atOnce, diskBytes, memory, memoryUse: useOf(databases) };
}

/** What fits on each of the servers: the stages of the one with the least room, and the least memory. */
export async function needsOnEach(request: RunRequest, servers: readonly Server[]): Promise<Needs> {
  const [first, ...others] = await Promise.all(servers.map((server) => needsOf(request, server)));
  if (!first) throw new Error('a run has a server');
  return others.reduce(
    (least, needs) => ({
      ...(databasesAtOnce(needs) < databasesAtOnce(least) ? needs : least),
      memory: smaller(needs.memory, least.memory),
    }),
    first,
  );
}

const smaller = (one: ServerMemory, other: ServerMemory): ServerMemory =>
  one.sharedBuffersBytes < other.sharedBuffersBytes ? one : other;

const REGIMES: Record<MemoryUse['regime'], string> = {
  'in memory': 'in memory',
  'larger than memory': 'larger than memory',
  unknown: 'how much the server has is not known',
};

/** `needs about 3.1 GB of disk, 2.9 GB of memory: in memory` */
export const describeNeeds = ({ diskBytes, memoryUse: { wantedBytes, regime } }: Needs): string =>
  `needs about ${bytes(diskBytes)} of disk, ${bytes(wantedBytes)} of memory: ${REGIMES[regime]}`;
