import { readSqlFile, type SqlFile } from '../database/sql-file.ts';
import type { Suite } from '../suite/suite.ts';

/** The candidate of a suite, in the transactions that the suite says. */
export async function candidateFile({ candidate }: Pick<Suite, 'candidate'>): Promise<SqlFile> {
  const { up, transaction } = candidate;
  return { ...(await readSqlFile(up)), ...(transaction && { transaction }) };
}
