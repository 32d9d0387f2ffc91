import { readFile } from 'node:fs/promises';
import { RunError } from '../../model/errors.ts';
import { randomPassword } from '../../database/owner-role.ts';
import { shellCommand } from '../../format/shell.ts';
import { initdbArguments, startArguments } from '../server-settings.ts';
import type { Opening } from '../target.ts';
import type { Image } from './image.ts';
import { ContainerLog } from './container-log.ts';
import { labels, NODE_LABEL } from './leftovers.ts';

export type ContainerOptions = Image &
  Pick<Opening, 'settings' | 'keep' | 'signal'> & {
    /** A network that it joins, and what it is called there. @default the engine's own */
    place?: { network: string; alias: string };
  };

/** A container with a PostgreSQL that answers, and how the superuser reaches a database of it. */
export interface PostgresContainer {
  container: Started;
  urlOf: (database?: string) => string;
  /** What the server has written to its log that tells why it ended, the newest last. */
  lastWords: () => string | undefined;
}

type Started = Awaited<ReturnType<typeof start>>;

/**
 * Starts PostgreSQL in a container of its own.
 *
 * @param password of the superuser
 * @throws RunError when there is no container engine, or no such image
 */
export async function startContainer(
  options: ContainerOptions,
  password = randomPassword(),
): Promise<PostgresContainer> {
  const log = new ContainerLog();
  const container = await startUnlessAborted(start(options, password, log), options.signal);
  return {
    container,
    lastWords: () => log.lastWords(),
    urlOf: (database = 'postgres') =>
      `postgres://postgres:${password}@${container.getHost()}:${container.getMappedPort(PORT)}/${encodeURIComponent(database)}`,
  };
}

export const removeContainer = ({ container }: Pick<PostgresContainer, 'container'>): Promise<unknown> =>
  container.stop({ remove: true, removeVolumes: true });

/** Writes what its files have in the page cache to the disk. */
export const flushContainer = ({ container }: PostgresContainer): Promise<unknown> =>
  container.exec(['sh', '-c', 'sync -f "$PGDATA"']);

/** The command that opens a session. No password is asked for inside: the official image trusts local sessions. */
export function psqlInside({ container }: PostgresContainer, username: string, database: string): string {
  const inContainer = ['docker', 'exec', '--interactive', '--tty', container.getId()];
  return shellCommand([...inContainer, 'psql', `--username=${username}`, `--dbname=${database}`]);
}

/** An image may take minutes to arrive: whoever has had enough is told at once, and what then starts is removed. */
function startUnlessAborted(starting: Promise<Started>, signal: AbortSignal): Promise<Started> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => {
      reject(signal.reason as Error);
      starting.then((container) => removeContainer({ container })).catch(() => undefined);
    };
    signal.addEventListener('abort', abandon, { once: true });
    if (signal.aborted) abandon();
    void starting.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abandon);
    });
  });
}

const PORT = 5432;

/** The library is large: whoever measures elsewhere does not wait for it. */
async function start(
  { image, major, settings, keep, place }: ContainerOptions,
  password: string,
  log: ContainerLog,
) {
  // Containers are removed here, and found again by their label: no second one has to watch over them.
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  try {
    const container = new PostgreSqlContainer(image)
      .withUsername('postgres')
      .withDatabase('postgres')
      .withPassword(password)
      .withEnvironment({ POSTGRES_INITDB_ARGS: initdbArguments(major).join(' '), LC_ALL: 'C' })
      .withCommand(['postgres', ...startArguments(settings)])
      .withLabels({ ...labels(keep), ...(place && { [NODE_LABEL]: place.alias }) })
      .withSharedMemorySize(SHARED_MEMORY_BYTES)
      .withLogConsumer((lines) =>
        lines.on('data', (line: string) => {
          log.add(line);
        }),
      )
      // The library's own check would show the password in the list of processes. Without a shell: what is left of one that
      // took too long would become a child of the server, which takes its end for a crash of its own.
      .withHealthCheck({
        test: ['CMD', 'pg_isready', '--host=localhost', '--username=postgres'],
        interval: 1000,
        timeout: 10_000,
        retries: 1000,
      });
    if (place) container.withNetworkMode(place.network).withNetworkAliases(place.alias);
    return await container.start();
  } catch (cause) {
    throw explain(image, log.lastWords(), cause);
  }
}

/** Of /dev/shm, which engines keep at 64 MB: enough for what a statement may share. */
const SHARED_MEMORY_BYTES = 256 * 1024 ** 2;

function explain(image: string, lastWords: string | undefined, cause: unknown): RunError {
  const { message } = cause as Error;
  if (/container runtime|ECONNREFUSED|ENOENT|docker.sock/i.test(message)) return noEngine(cause as Error);
  return new RunError(`No server could be started from the image "${image}"`, {
    detail: lastWords ?? message,
    remedy: `Name another image with --image, or see what this one says to\n  ${shellCommand(['docker', 'run', '--rm', image, 'postgres', '--version'])}`,
    cause,
  });
}

export const noEngine = (cause: Error): RunError =>
  new RunError('No container engine answers', {
    detail: cause.message,
    remedy: 'Install and start Docker or Podman, or name one in DOCKER_HOST; --target embedded needs none.',
    cause,
  });

/** The server's first process as this machine numbers it, where the engine runs here. */
export async function localProcessId({ container }: PostgresContainer): Promise<number | undefined> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const client = await getContainerRuntimeClient();
  const { State } = await client.container.getById(container.getId()).inspect();
  const group = await readFile(`/proc/${State.Pid}/cgroup`, 'utf8').catch(() => '');
  return group.includes(container.getId()) ? State.Pid : undefined;
}
