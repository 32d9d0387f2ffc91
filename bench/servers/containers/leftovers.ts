import { isRunning, processIdentity } from '../../system/process-identity.ts';
import type { Leftover } from '../target.ts';

/** Every container and network has it, with the process that made it, so that what is left of one can be found. */
export const LABEL = 'index-impact';
/** Of those that are to outlive their process. */
const KEPT_LABEL = 'index-impact.kept';

/** Which node of a cluster a container is. */
export const NODE_LABEL = 'index-impact.node';

/** What is made here is marked with, for this process. */
export const labels = (keep: boolean): Record<string, string> => ({
  [LABEL]: processIdentity(process.pid),
  ...(keep && { [KEPT_LABEL]: 'yes' }),
});

/** Containers that runs on this machine have made; none where no engine answers. */
export async function leftContainers(): Promise<Leftover[]> {
  const engine = await connectedEngine();
  const found = await engine?.listContainers({ all: true, filters: MADE_HERE });
  return (found ?? []).map(({ Id, Image, Labels }) => ({
    name: Id.slice(0, 12),
    description: `a container of ${Image}, ${stateOf(Labels)}`,
    isOrphaned: stateOf(Labels) === 'orphaned',
    remove: async () => {
      await engine?.getContainer(Id).remove({ force: true, v: true });
    },
  }));
}

/** The networks of clusters. Their containers have to be removed before them. */
export async function leftNetworks(): Promise<Leftover[]> {
  const engine = await connectedEngine();
  const found = await engine?.listNetworks({ filters: MADE_HERE });
  return (found ?? []).map(({ Id, Name, Labels = {} }) => ({
    name: Name,
    description: `a network of containers, ${stateOf(Labels)}`,
    isOrphaned: stateOf(Labels) === 'orphaned',
    remove: async () => {
      await engine?.getNetwork(Id).remove();
    },
  }));
}

const MADE_HERE = { label: [LABEL] };

async function connectedEngine() {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const client = await getContainerRuntimeClient().catch(() => undefined);
  return client?.container.dockerode;
}

function stateOf(made: Record<string, string>): 'in use' | 'kept' | 'orphaned' {
  if (made[KEPT_LABEL]) return 'kept';
  return isRunning(made[LABEL] ?? '') === false ? 'orphaned' : 'in use';
}
