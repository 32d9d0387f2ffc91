import { withConnection, type Connection } from '../../database/connection.ts';
import { withClone } from '../../database/databases.ts';
import { isRefusal, itemFailure } from '../../database/item-failure.ts';
import { databaseName, type Server } from '../../database/server.ts';
import type { Claim, ProbeAnswer } from '../../suite/claim.ts';
import type { BaselineArms } from '../arms.ts';

/** The answers to each claim's probe, by the claim's id. */
export type ProbeAnswers = ReadonlyMap<string, readonly ProbeAnswer[]>;

/** Puts every claim's probe to one copy of `shipped` with the candidate. The copy is dropped afterwards. */
export async function probeClaims(
  claims: readonly Claim[],
  arms: readonly BaselineArms[],
  server: Server,
  signal: AbortSignal,
): Promise<ProbeAnswers> {
  const answers = new Map<string, ProbeAnswer[]>();
  const shipped = arms.find(({ baseline }) => baseline === 'shipped');
  if (!shipped) return answers;
  const name = databaseName(server, 'claims');
  await withClone({ server, signal }, shipped.databases.after, name, async (clone) => {
    for (const { id, probe } of claims) {
      if (!probe) continue;
      const ask = (connection: Connection) => probeAnswers(connection, probe);
      answers.set(id, await withConnection(server.owner(clone), signal, ask));
    }
  });
  return answers;
}

/** Runs statements one after another. An error of PostgreSQL's is an answer; a lost session is none, and is thrown. */
export async function probeAnswers(
  connection: Connection,
  statements: readonly string[],
): Promise<ProbeAnswer[]> {
  const answers: ProbeAnswer[] = [];
  for (const sql of statements) answers.push(await answerTo(connection, sql));
  return answers;
}

async function answerTo(connection: Connection, sql: string): Promise<ProbeAnswer> {
  try {
    // A text of several statements gives as many results.
    const results = [await connection.query<Record<string, string | null>>(sql)].flat();
    return { state: 'answered', rows: results.at(-1)?.rows ?? [] };
  } catch (error) {
    const failure = itemFailure(error, sql);
    if (!failure) throw error;
    return { state: isRefusal(error) ? 'refused' : 'failed', message: failure.message };
  }
}
