import type { Connection } from '../../database/connection.ts';
import { drawKey } from '../../measure/reads.ts';
import { queryOf } from '../../measure/statement.ts';
import { indexesUsedBy } from '../../measure/table-activity.ts';
import { indexesUsedByWrites } from '../measured.ts';
import type { Workload } from './workload.ts';

/** An item, and the indexes that it looks into. */
export interface Usage {
  id: string;
  indexes: readonly string[];
}

/** Runs each read once and asks the server which indexes it looked into; of the writes that was counted before. */
export async function usageOf(connection: Connection, workload: Workload): Promise<Usage[]> {
  const { reads, session, baseline } = workload;
  const usage: Usage[] = [];
  for (const { id, sql, key } of reads) {
    const query = queryOf({ sql, parameters: await drawKey(connection, key) });
    usage.push({ id, indexes: await indexesUsedBy(connection, () => connection.query(query)) });
  }
  return [...usage, ...indexesUsedByWrites(session.record.measured, baseline)];
}
