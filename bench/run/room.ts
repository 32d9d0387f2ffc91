import { expectedBytes } from '../../seed/expected-bytes.ts';
import type { Server } from '../database/server.ts';
import { RunError } from '../model/errors.ts';
import { bytes } from '../format/quantity.ts';
import type { RunRequest } from './run-request.ts';

/** An empty database has catalogs. */
const EMPTY_DATABASE_BYTES = 7 * 1024 ** 2;

/** Databases there are at the same time: the template, two arms of each baseline, and two copies to write to. */
const databasesAtOnce = ({ baselines }: Pick<RunRequest, 'baselines'>): number => 3 + 2 * baselines.length;

/**
 * Before anything is loaded: whether there is room for the least that it will take. Rows on disk take more than their
 * text, and every copy is looked at again before it is made.
 *
 * @throws RunError saying what is missing
 */
export async function refuseUnlessRoom(request: RunRequest, server: Server): Promise<void> {
  const { suite, scale, seed } = request;
  const each = EMPTY_DATABASE_BYTES + expectedBytes(suite.dataset.tables, scale, seed);
  const wanted = each * databasesAtOnce(request);
  const { bytes: free, limit } = await server.room();
  if (wanted <= free) return;
  throw new RunError('There is no room for the databases of this run', {
    detail: `They take ${bytes(wanted)} or more; ${bytes(Math.max(0, free))} are left: ${limit}.`,
    remedy: 'Make room, or measure a smaller dataset with --scale.',
  });
}
