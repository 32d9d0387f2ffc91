import { shellCommand } from '../../format/shell.ts';
import type { Server } from '../../database/server.ts';
import { ONE_MACHINE } from '../../database/nodes.ts';
import {
  flushContainer,
  localProcessId,
  psqlInside,
  removeContainer,
  startContainer,
  type PostgresContainer,
} from '../containers/container.ts';
import type { Image } from '../containers/image.ts';
import { ownLogins } from '../own-server.ts';
import type { Opening } from '../target.ts';

type DockerServerOptions = Image & Pick<Opening, 'settings' | 'sessionSettings' | 'keep' | 'signal'>;

/**
 * Runs `use` with PostgreSQL in a container of its own, which is removed afterwards, whatever happens in between.
 *
 * @throws RunError when there is no container engine, or no such image
 */
export async function withDockerServer<T>(
  options: DockerServerOptions,
  use: (server: Server) => Promise<T>,
): Promise<T> {
  const postgres = await startContainer(options);
  let kept = false;
  try {
    const processId = { now: await localProcessId(postgres) };
    const value = await use(await dockerServer(postgres, options, processId));
    kept = options.keep;
    return value;
  } finally {
    if (!kept) await removeContainer(postgres);
  }
}

async function dockerServer(
  postgres: PostgresContainer,
  options: DockerServerOptions,
  processId: { now: number | undefined },
): Promise<Server> {
  const { container } = postgres;
  const logins = await ownLogins(postgres.urlOf, options);
  return {
    ...logins,
    ...ONE_MACHINE,
    target: 'docker',
    namePrefix: 'index_impact',
    isOurs: true,
    copying: options.major >= 15 ? 'file by file' : 'through the WAL',
    get processId() {
      return processId.now;
    },
    flush: async () => {
      await flushContainer(postgres);
    },
    restart: async () => {
      await container.restart();
      processId.now = await localProcessId(postgres);
    },
    room: () => Promise.resolve({ bytes: Infinity, limit: 'the engine does not tell' }),
    connectCommand: (database) =>
      psqlInside(postgres, new URL(logins.owner(database).url).username, database),
    stopCommand: shellCommand(['docker', 'rm', '--force', '--volumes', container.getId()]),
  };
}
