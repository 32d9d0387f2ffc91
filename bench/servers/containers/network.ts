import { randomBytes } from 'node:crypto';
import { noEngine } from './container.ts';
import { labels } from './leftovers.ts';

/** A network that only containers of one run are in. */
export interface PrivateNetwork {
  name: string;
  /** Once its containers are gone. */
  remove: () => Promise<unknown>;
}

/** @throws RunError when there is no container engine */
export async function createNetwork(keep: boolean): Promise<PrivateNetwork> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { container } = await getContainerRuntimeClient().catch((cause: unknown) => {
    throw noEngine(cause as Error);
  });
  const name = `index-impact-${randomBytes(6).toString('hex')}`;
  const network = await container.dockerode.createNetwork({ Name: name, Labels: labels(keep) });
  return { name, remove: () => network.remove() as Promise<unknown> };
}
