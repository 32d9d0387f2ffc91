import type { DumpStatement } from './dump-statements.ts';

/** Characters that are sent at once. */
const BATCH_CHARACTERS = 256 * 1024;

/** Puts INSERTs that follow each other together, as in dumps with --inserts: one at a time, each waits for its answer. */
export async function* insertBatches(
  statements: AsyncIterable<DumpStatement>,
): AsyncGenerator<DumpStatement[]> {
  let batch: DumpStatement[] = [];
  let characters = 0;
  for await (const statement of statements) {
    const isInsert = /^INSERT\s/i.test(statement.sql);
    if (batch.length > 0 && (!isInsert || characters > BATCH_CHARACTERS)) {
      yield batch;
      [batch, characters] = [[], 0];
    }
    if (!isInsert) {
      yield [statement];
      continue;
    }
    batch.push(statement);
    characters += statement.sql.length;
  }
  if (batch.length > 0) yield batch;
}
