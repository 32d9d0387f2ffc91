import type { Connection } from '../../database/connection.ts';
import { canonicalRelation } from '../../model/relation.ts';
import type { SnapshotSequence } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';
import { attempt } from './attempt.ts';
import { lastValue, listSequences } from '../sequences.ts';

export interface SequenceValues {
  sequences: SnapshotSequence[];
  unknown: LeftOut[];
}

const UNREAD = 'this role may not read it: its numbers begin anew';

/** Where every sequence is. */
export async function sequenceValues(connection: Connection): Promise<SequenceValues> {
  const found: SequenceValues = { sequences: [], unknown: [] };
  for (const { name: quotedName, isReadable } of await listSequences(connection)) {
    const name = canonicalRelation(quotedName);
    const tried = isReadable && (await attempt(connection, {}, () => lastValue(quotedName, connection)));
    if (!tried || tried.state !== 'done') found.unknown.push({ object: `sequence ${name}`, reason: UNREAD });
    const at = tried && tried.state === 'done' ? tried.value : undefined;
    found.sequences.push({ name, ...(at?.isCalled && { last: at.value }) });
  }
  return found;
}
