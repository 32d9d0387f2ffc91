import { withConnection, type Connection } from '../../database/connection.ts';
import { withoutEventTriggers } from '../../database/event-triggers.ts';
import { CATALOG_SETTINGS, PROCESS_TOKEN, type Login } from '../../database/login.ts';
import { ONE_MACHINE } from '../../database/nodes.ts';
import { announcePresence } from '../../database/presence.ts';
import type { Server } from '../../database/server.ts';
import { RunError } from '../../model/errors.ts';
import { shellCommand } from '../../format/shell.ts';
import { urlWithoutSecrets } from '../../format/plain-text.ts';
import type { Opening } from '../target.ts';
import { concernsAbout } from './concerns.ts';
import { grantedSessions } from './free-sessions.ts';
import type { Visit } from './guest.ts';
import { refuseUnlessKnown } from './rights.ts';
import { guestSettings } from './settings.ts';

type ReaderOptions = Visit & Opening;

/**
 * Runs `use` with somebody's server on which nothing is made: every session is in the database that the URL names, and reads.
 *
 * @throws RunError when the server is too old or has too few sessions, or the user declined
 */
export async function withReader<T>(options: ReaderOptions, use: (server: Server) => Promise<T>): Promise<T> {
  const { signal, confirm } = options;
  const login = await readingLogin(options);
  return withConnection(staying(login), signal, async (connection) => {
    await refuseUnlessKnown(connection);
    const maxSessions = await grantedSessions(connection, options.maxSessions);
    await confirm({ maxSessions, concerns: await concernsAbout(connection, signal) });
    await announcePresence(connection);
    return use(readServer({ connection, login, maxSessions }, options));
  });
}

const READ_ONLY = { default_transaction_read_only: 'on' };

const readingLogin = ({ url, settings, signal }: ReaderOptions): Promise<Login> =>
  withoutEventTriggers(
    {
      url,
      settings: { ...guestSettings(settings), ...CATALOG_SETTINGS, ...READ_ONLY },
      environment: 'used',
    },
    signal,
  );

/** The session that says that we are there would otherwise be ended while others measure. */
const staying = (login: Login): Login => ({
  ...login,
  settings: { ...login.settings, idle_session_timeout: '0' },
});

function readServer(
  { connection, login, maxSessions }: Pick<Server, 'maxSessions'> & { connection: Connection; login: Login },
  { url, settings, sessionSettings }: ReaderOptions,
): Server {
  const own = { ...sessionSettings, ...guestSettings(settings), ...READ_ONLY };
  return {
    ...ONE_MACHINE,
    target: 'url',
    admin: () => staying(login),
    administer: (use) => use(connection),
    maxSessions,
    owner: () => staying({ url, settings: own, environment: 'used' }),
    ownerRole: undefined,
    namePrefix: `index_impact_${PROCESS_TOKEN}`,
    isOurs: false,
    copying: 'through the WAL',
    processId: undefined,
    restart: undefined,
    flush: undefined,
    room: () => Promise.reject(new RunError('Nothing is made on a server that is only read')),
    connectCommand: () => shellCommand(['psql', urlWithoutSecrets(url)]),
    stopCommand: '',
  };
}
