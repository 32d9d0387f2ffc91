import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { RunError } from '../../model/errors.ts';
import { shellCommand } from '../../format/shell.ts';
import type { Server } from '../../database/server.ts';
import { processIdentity } from '../../system/process-identity.ts';
import { ownLogins } from '../own-server.ts';
import { initdbArguments, startArguments } from '../server-settings.ts';
import type { Opening } from '../target.ts';
import { KEPT_LABEL, LABEL } from './leftovers.ts';

/** An image, and the major of the PostgreSQL in it. */
export interface Image {
  image: string;
  major: number;
}

type DockerServerOptions = Image & Pick<Opening, 'settings' | 'sessionSettings' | 'keep' | 'signal'>;

type Container = Awaited<ReturnType<typeof startContainer>>;

/**
 * Runs `use` with PostgreSQL in a container of its own, which is removed afterwards, whatever happens in between.
 *
 * @throws RunError when there is no container engine, or no such image
 */
export async function withDockerServer<T>(
  options: DockerServerOptions,
  use: (server: Server) => Promise<T>,
): Promise<T> {
  const { keep, signal } = options;
  const password = randomBytes(18).toString('base64url');
  const container = await startUnlessAborted(startContainer(options, password), signal);
  let kept = false;
  try {
    const processId = { now: await localProcessId(container) };
    const value = await use(await dockerServer(container, options, password, processId));
    kept = keep;
    return value;
  } finally {
    if (!kept) await remove(container);
  }
}

const remove = (container: Container): Promise<unknown> =>
  container.stop({ remove: true, removeVolumes: true });

/** An image may take minutes to arrive: whoever has had enough is told at once, and what then starts is removed. */
function startUnlessAborted(starting: Promise<Container>, signal: AbortSignal): Promise<Container> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => {
      reject(signal.reason as Error);
      starting.then(remove).catch(() => undefined);
    };
    signal.addEventListener('abort', abandon, { once: true });
    if (signal.aborted) abandon();
    void starting.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abandon);
    });
  });
}

async function dockerServer(
  container: Container,
  options: DockerServerOptions,
  password: string,
  processId: { now: number | undefined },
): Promise<Server> {
  const urlOf = (database = 'postgres'): string =>
    `postgres://postgres:${password}@${container.getHost()}:${container.getMappedPort(PORT)}/${encodeURIComponent(database)}`;
  const logins = await ownLogins(urlOf, options);
  return {
    ...logins,
    target: 'docker',
    namePrefix: 'index_impact',
    isOurs: true,
    copying: options.major >= 15 ? 'file by file' : 'through the WAL',
    get processId() {
      return processId.now;
    },
    flush: async () => {
      await container.exec(['sh', '-c', 'sync -f "$PGDATA"']);
    },
    restart: async () => {
      await container.restart();
      processId.now = await localProcessId(container);
    },
    room: () => Promise.resolve({ bytes: Infinity, limit: 'the engine does not tell' }),
    // No password is asked for inside: the official image trusts local sessions.
    connectCommand: (database) => {
      const inContainer = ['docker', 'exec', '--interactive', '--tty', container.getId()];
      const { username } = new URL(logins.owner(database).url);
      return shellCommand([...inContainer, 'psql', `--username=${username}`, `--dbname=${database}`]);
    },
    stopCommand: shellCommand(['docker', 'rm', '--force', '--volumes', container.getId()]),
  };
}

const PORT = 5432;

/** The library is large: whoever measures elsewhere does not wait for it. */
async function startContainer({ image, major, settings, keep }: DockerServerOptions, password: string) {
  // Containers are removed here, and found again by their label: no second one has to watch over them.
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  try {
    return await new PostgreSqlContainer(image)
      .withUsername('postgres')
      .withDatabase('postgres')
      .withPassword(password)
      .withEnvironment({ POSTGRES_INITDB_ARGS: initdbArguments(major).join(' '), LC_ALL: 'C' })
      .withCommand(['postgres', ...startArguments(settings)])
      .withLabels({ [LABEL]: processIdentity(process.pid), ...(keep && { [KEPT_LABEL]: 'yes' }) })
      .withSharedMemorySize(SHARED_MEMORY_BYTES)
      // The library's own check would show the password in the list of processes.
      .withHealthCheck({
        test: ['CMD-SHELL', 'pg_isready --host localhost --username postgres'],
        interval: 250,
        timeout: 1000,
        retries: 1000,
      })
      .start();
  } catch (cause) {
    throw explain(image, cause);
  }
}

/** Of /dev/shm, which engines keep at 64 MB: enough for what a statement may share. */
const SHARED_MEMORY_BYTES = 256 * 1024 ** 2;

function explain(image: string, cause: unknown): RunError {
  const { message } = cause as Error;
  if (/container runtime|ECONNREFUSED|ENOENT|docker.sock/i.test(message)) {
    return new RunError('No container engine answers', {
      detail: message,
      remedy: 'Install and start Docker or Podman, or name one in DOCKER_HOST; --target embedded needs none.',
      cause,
    });
  }
  return new RunError(`No server could be started from the image "${image}"`, {
    detail: message,
    remedy: `Name another image with --image, or see what this one says to\n  ${shellCommand(['docker', 'run', '--rm', image, 'postgres', '--version'])}`,
    cause,
  });
}

/** The server's first process as this machine numbers it, where the engine runs here. */
async function localProcessId(container: Container): Promise<number | undefined> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const client = await getContainerRuntimeClient();
  const { State } = await client.container.getById(container.getId()).inspect();
  const group = await readFile(`/proc/${State.Pid}/cgroup`, 'utf8').catch(() => '');
  return group.includes(container.getId()) ? State.Pid : undefined;
}
