import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CopiedTable } from '../bench/model/dataset.ts';
import { pathOf } from '../bench/model/file-location.ts';
import { copyMeter } from './copy-meter.ts';
import { copyStatement, type CopyTotals } from './copy-stream.ts';

/** Read at a time. */
const CHUNK_BYTES = 256 * 1024;

/** Sends a file of COPY text to a table as it stands. */
export async function copyFile(
  client: ClientBase,
  { name, columns, file }: CopiedTable,
  signal: AbortSignal,
): Promise<CopyTotals> {
  const meter = copyMeter();
  const source = createReadStream(pathOf(file), { highWaterMark: CHUNK_BYTES });
  await pipeline(source, meter.through, client.query(copyFrom(copyStatement(name, columns))), { signal });
  return meter.totals();
}
