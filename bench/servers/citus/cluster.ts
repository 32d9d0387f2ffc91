import { randomPassword } from '../../database/owner-role.ts';
import type { Node, Server } from '../../database/server.ts';
import { shellCommand } from '../../format/shell.ts';
import {
  flushContainer,
  psqlInside,
  removeContainer,
  startContainer,
  type PostgresContainer,
} from '../containers/container.ts';
import { createNetwork, type PrivateNetwork } from '../containers/network.ts';
import { OWNER, ownLogins } from '../own-server.ts';
import type { Opening } from '../target.ts';
import { blameNode } from '../nodes/blame-node.ts';
import { linkingNodes, type Credentials } from '../nodes/link-nodes.ts';
import { refuseUnlessAlike } from '../nodes/versions.ts';
import type { ClusterRequest } from './cluster-request.ts';
import { nodeSettings } from './settings.ts';

type ClusterOptions = ClusterRequest & Pick<Opening, 'settings' | 'sessionSettings' | 'keep' | 'signal'>;

/** Its containers, the coordinator's first. */
interface Machines {
  network: PrivateNetwork;
  containers: [PostgresContainer, ...PostgresContainer[]];
}

/**
 * Runs `use` with a coordinator and its workers, each in a container, on a network of their own. All of it is removed
 * afterwards, whatever happens in between.
 *
 * @throws RunError when there is no container engine, no such image, or no Citus in it; when a node has ended, its name
 */
export async function withCluster<T>(asked: ClusterOptions, use: (server: Server) => Promise<T>): Promise<T> {
  const options = { ...asked, settings: nodeSettings(asked.settings, asked.workers) };
  const password = randomPassword();
  return withMachines(options, password, async (machines) => {
    const server = await clusterServer(machines, options, password);
    await refuseUnlessAlike(server, options.signal);
    const lastWords = machines.containers.map((one) => one.lastWords);
    const ending = { lastWords, resumed: 'which starts a new cluster' };
    return blameNode(server, ending, options.signal, () => use(server));
  });
}

async function withMachines<T>(
  options: ClusterOptions,
  password: string,
  use: (machines: Machines) => Promise<T>,
): Promise<T> {
  const network = await createNetwork(options.keep);
  const containers: PostgresContainer[] = [];
  let kept = false;
  try {
    const starting = [COORDINATOR, ...workersOf(options)].map(({ alias }) =>
      startContainer({ ...options, place: { network: network.name, alias } }, password).then((started) => {
        containers.push(started);
        return started;
      }),
    );
    await Promise.allSettled(starting);
    const value = await use({ network, containers: (await Promise.all(starting)) as Machines['containers'] });
    kept = options.keep;
    return value;
  } finally {
    if (!kept) {
      await Promise.allSettled(containers.map(removeContainer));
      await network.remove();
    }
  }
}

/** What a node is called in reports, and in the cluster's network. */
interface Called {
  name: string;
  alias: string;
}

const COORDINATOR: Called = { name: 'coordinator', alias: 'coordinator' };

const workersOf = ({ workers }: ClusterRequest): Called[] =>
  Array.from({ length: workers }, (_, before) => ({
    name: `worker ${before + 1}`,
    alias: `worker-${before + 1}`,
  }));

async function clusterServer(
  { network, containers }: Machines,
  options: ClusterOptions,
  password: string,
): Promise<Server> {
  const names = [COORDINATOR, ...workersOf(options)];
  const logins = await Promise.all(containers.map(({ urlOf }) => ownLogins(urlOf, options, password)));
  const nodes = logins.map((login, position) => ({ ...login, name: names[position]?.name ?? '' }));
  const [coordinator, ...workers] = nodes as [(typeof nodes)[0], ...Node[]];
  const credentials: Credentials[] = ['postgres', OWNER].map((role) => ({ role, password }));
  const server: Server = {
    ...coordinator,
    workers,
    linkNodes: (database) =>
      linkingNodes(
        server,
        { database, credentials, addresses: names.map(({ alias }) => ({ host: alias, port: '5432' })) },
        options.signal,
      ),
    target: 'citus',
    namePrefix: 'index_impact',
    isOurs: true,
    copying: options.major >= 15 ? 'file by file' : 'through the WAL',
    processId: undefined,
    flush: async () => {
      await Promise.all(containers.map(flushContainer));
    },
    restart: async () => {
      await Promise.all(containers.map(({ container }) => container.restart()));
    },
    room: () => Promise.resolve({ bytes: Infinity, limit: 'the engine does not tell' }),
    connectCommand: (database) => psqlInside(containers[0], OWNER, database),
    stopCommand: stopCommand({ network, containers }),
  };
  return server;
}

function stopCommand({ network, containers }: Machines): string {
  const ids = containers.map(({ container }) => container.getId());
  return [
    shellCommand(['docker', 'rm', '--force', '--volumes', ...ids]),
    shellCommand(['docker', 'network', 'rm', network.name]),
  ].join(' && ');
}
