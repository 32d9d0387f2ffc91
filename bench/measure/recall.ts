import { createHash } from 'node:crypto';
import type { Connection } from '../database/connection.ts';
import type { PerArm } from '../model/arm.ts';
import { mean } from '../model/averages.ts';
import type { Answers } from '../model/counters.ts';
import { least } from '../model/extent.ts';
import type { Parameter } from '../model/work-item.ts';
import { answerOf, comparisonOf, rowTexts, selectShape, type Answer } from './answers.ts';

/**
 * Compares the answers of a read that may be approximate, for each of its keys. Recall is the share of the rows of the
 * answer before that are in the answer after: 1 where both are equal as far as the statement promises. `sha256` is that
 * of the answers before.
 */
export async function compareApproximately(
  sql: string,
  keys: readonly (readonly Parameter[])[],
  connections: PerArm<Connection>,
): Promise<Answers> {
  const shape = await selectShape(sql);
  const checksum = createHash('sha256');
  const compared: Agreement[] = [];
  let comparison: Answers['comparison'] = 'same';
  for (const parameters of keys) {
    const before = await answerOf(connections.before, { sql, parameters });
    const after = await answerOf(connections.after, { sql, parameters });
    const found = comparisonOf(before, after, shape);
    if (found === 'different') comparison = 'approximate';
    else if (comparison === 'same') comparison = found;
    compared.push(found === 'different' ? agreementOf(before, after) : { recall: 1, surplusRows: 0 });
    checksum.update(JSON.stringify(rowTexts(before).toSorted()));
  }
  return { comparison, sha256: checksum.digest('hex'), recall: recallOver(compared) };
}

/** Of one key: the share of the rows found again, and rows that are there after only. */
interface Agreement {
  recall: number;
  surplusRows: number;
}

/** Of rows that are there several times, each counts. */
export function agreementOf(before: Answer, after: Answer): Agreement {
  const missing = new Map<string, number>();
  for (const row of rowTexts(before)) missing.set(row, (missing.get(row) ?? 0) + 1);
  let found = 0;
  for (const row of rowTexts(after)) {
    const times = missing.get(row) ?? 0;
    if (times === 0) continue;
    missing.set(row, times - 1);
    found++;
  }
  const wanted = before.rows.length;
  return { recall: wanted === 0 ? 1 : found / wanted, surplusRows: after.rows.length - found };
}

const recallOver = (compared: readonly Agreement[]): NonNullable<Answers['recall']> => ({
  keys: compared.length,
  mean: mean(compared.map(({ recall }) => recall)),
  least: least(compared.map(({ recall }) => recall)),
  surplusRows: compared.reduce((sum, { surplusRows }) => sum + surplusRows, 0),
});
