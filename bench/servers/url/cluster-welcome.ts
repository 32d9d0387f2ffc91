import { DatabaseError } from 'pg';
import { withConnection, type Connection } from '../../database/connection.ts';
import { carefulLogin } from '../../database/event-triggers.ts';
import { APPLICATION_NAME } from '../../database/login.ts';
import { RunError } from '../../model/errors.ts';
import { versionOf } from '../nodes/versions.ts';
import type { Place } from './cluster.ts';
import { welcomeAt, type Asked, type Welcome } from './welcome.ts';

/**
 * Asks every node of a cluster whether we may come.
 *
 * @throws RunError with one line for each node where we may not
 */
export async function welcomeOnCluster(
  [coordinator, ...workers]: readonly [Place, ...Place[]],
  asked: Asked,
): Promise<[Welcome, ...Welcome[]]> {
  const { signal } = asked;
  // Alone: what the coordinator has free is counted without the session that asks the workers.
  const [first] = await Promise.allSettled([welcomeAt(coordinator, asked, refuseUnlessSuperuser)]);
  const login = await carefulLogin(coordinator.url, signal);
  const others = await withConnection(login, signal, (there) =>
    Promise.allSettled(
      workers.map((worker) =>
        welcomeAt(worker, asked, async (connection) => {
          await refuseUnlessAlike(connection, there);
          await refuseUnlessSuperuser(connection);
          await refuseUnlessReached(connection, there, worker);
        }),
      ),
    ),
  );
  const settled = [first, ...others];
  signal.throwIfAborted();
  const lines = settled.flatMap((one, position) =>
    one.status === 'rejected'
      ? [lineFor([coordinator, ...workers][position] ?? coordinator, one.reason)]
      : [],
  );
  if (lines.length === 0)
    return settled.map((one) => (one as PromiseFulfilledResult<Welcome>).value) as [Welcome, ...Welcome[]];
  throw new RunError('No databases can be made on every node of this cluster', { detail: lines.join('\n') });
}

/** @throws what is no answer of a server */
function lineFor({ name, address }: Place, reason: unknown): string {
  if (!(reason instanceof RunError || reason instanceof DatabaseError)) throw reason;
  const { detail, remedy } = reason as Partial<RunError>;
  const parts = [reason.message, detail, remedy].flatMap((part) =>
    part ? [part.trim().replace(/\.$/, '')] : [],
  );
  return `  ${name} (${address?.host}:${address?.port}): ${parts.join('; ')}`;
}

const FACTS = `SELECT current_user AS role, rolsuper AS superuser FROM pg_roles WHERE rolname = current_user`;

/** Citus keeps the passwords of its nodes, and is no trusted extension. */
async function refuseUnlessSuperuser(connection: Connection): Promise<void> {
  const { rows } = await connection.query<Record<'role' | 'superuser', string>>(FACTS);
  if (rows[0]?.superuser === 't') return;
  throw new RunError(`The role "${rows[0]?.role}" may not create the extension citus or add nodes`, {
    remedy: 'Name a superuser in --url; the SQL of the suite gets a role of its own.',
  });
}

async function refuseUnlessAlike(here: Connection, coordinator: Connection): Promise<void> {
  const [one, other] = [await versionOf(here), await versionOf(coordinator)];
  if (one !== other) throw new RunError(`It is ${one}, and the coordinator is ${other}`);
}

const RUN = `SELECT success, result FROM pg_catalog.master_run_on_worker(ARRAY[$1], ARRAY[$2::int], ARRAY[$3], true)`;

/** What another machine calls by the same name, such as localhost, may be another server. */
async function refuseUnlessReached(
  here: Connection,
  coordinator: Connection,
  { address }: Place,
): Promise<void> {
  const { rows: own } = await here.query<{ pid: string }>('SELECT pg_backend_pid() AS pid');
  const sees = `SELECT count(*) FROM pg_catalog.pg_stat_activity
                WHERE pid = ${own[0]?.pid} AND application_name = '${APPLICATION_NAME}'`;
  const { rows } = await coordinator.query<Record<'success' | 'result', string>>(RUN, [
    address?.host,
    address?.port,
    sees,
  ]);
  const [answer] = rows;
  if (answer?.success !== 't')
    throw new RunError('The coordinator does not reach it', { detail: answer?.result ?? '' });
  if (answer.result !== '1')
    throw new RunError('From here this address leads to another server than from the coordinator');
}
