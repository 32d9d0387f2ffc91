import { isRunning } from '../../system/process-identity.ts';
import type { Leftover } from '../target.ts';

/** Every container has it, with the process that made it, so that what is left of one can be found. */
export const LABEL = 'index-impact';
/** Of containers that are to outlive their process. */
export const KEPT_LABEL = 'index-impact.kept';

/** Containers that runs on this machine have made; none where no engine answers. */
export async function leftContainers(): Promise<Leftover[]> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const client = await getContainerRuntimeClient().catch(() => undefined);
  if (!client) return [];
  const { dockerode } = client.container;
  const found = await dockerode.listContainers({ all: true, filters: { label: [LABEL] } });
  return found.map(({ Id, Image, Labels }) => ({
    name: Id.slice(0, 12),
    description: `a container of ${Image}, ${stateOf(Labels)}`,
    isOrphaned: stateOf(Labels) === 'orphaned',
    remove: () => dockerode.getContainer(Id).remove({ force: true, v: true }),
  }));
}

function stateOf(labels: Record<string, string>): 'in use' | 'kept' | 'orphaned' {
  if (labels[KEPT_LABEL]) return 'kept';
  return isRunning(labels[LABEL] ?? '') === false ? 'orphaned' : 'in use';
}
