import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getContainerRuntimeClient } from 'testcontainers';
import { docker } from './index.ts';
import { LABEL, leftContainers } from '../containers/leftovers.ts';
import { processIdentity } from '../../system/process-identity.ts';
import type { Leftover } from '../target.ts';
import { behavesAsProvider, defaults, type Provider, type Variation } from '../provider-behaviour.fixture.ts';
import { CONTAINER_MAJOR, containerImage, missingEngine } from '../containers/container-engine.fixture.ts';

const server = docker.request({ image: containerImage, major: CONTAINER_MAJOR });

const provide: Provider['provide'] = (use, variation = {}) => server.open(defaults(variation), use);

/** Of the containers that a process has made. */
async function idsOf(identity: string): Promise<string[]> {
  const { container } = await getContainerRuntimeClient();
  const label = [`${LABEL}=${identity}`];
  const all = await container.dockerode.listContainers({ all: true, filters: { label } });
  return all.map(({ Id }) => Id);
}

const missing = await missingEngine();

describe.skipIf(missing)(`a server in a container${missing ? ` (skipped: ${missing})` : ''}`, () => {
  behavesAsProvider({
    provide,
    leftBehind: () => idsOf(processIdentity(process.pid)),
  });
});

describe('without an engine', () => {
  const outer = process.env.DOCKER_HOST;
  beforeEach(() => {
    process.env.DOCKER_HOST = 'tcp://127.0.0.1:1';
  });
  afterEach(() => {
    if (outer === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = outer;
  });

  test.runIf(missing === 'no container engine')('a container is refused with how to get one', async () => {
    await expect(provide(() => Promise.resolve())).rejects.toMatchObject({
      message: 'No container engine answers',
      remedy: expect.stringContaining('Install and start Docker or Podman') as string,
    });
  });
});

describe.skipIf(missing)('a container that a process has made', () => {
  /** Other test files have containers of their own at the same time. */
  const madeBy = async (identity: string) => {
    const ids = await idsOf(identity);
    return (await leftContainers()).filter(({ name }) => ids.some((whole) => whole.startsWith(name)));
  };
  const own = () => madeBy(processIdentity(process.pid));
  const statesOf = (made: readonly Leftover[]) =>
    made.map(({ description }) => description.split(', ').at(-1));
  const stateDuring = (variation: Variation) =>
    server.open(defaults(variation), async () => statesOf(await own()));

  test('is in use as long as that runs, or kept', async () => {
    expect(await stateDuring({})).toEqual(['in use']);
    expect(await stateDuring({ keep: true })).toEqual(['kept']);
    for (const { remove } of await own()) await remove();
    expect(await own()).toEqual([]);
  });

  test('is orphaned once that is gone, and can be removed', async () => {
    const maker = spawn('sleep', ['60'], { stdio: 'ignore' });
    const identity = processIdentity(maker.pid ?? 0);
    const { container } = await getContainerRuntimeClient();
    await container.dockerode.createContainer({ Image: containerImage, Labels: { [LABEL]: identity } });
    expect(statesOf(await madeBy(identity))).toEqual(['in use']);
    maker.kill('SIGKILL');
    await once(maker, 'close');
    const orphans = await madeBy(identity);
    expect(statesOf(orphans)).toEqual(['orphaned']);
    for (const { remove } of orphans) await remove();
    expect(await madeBy(identity)).toEqual([]);
  });
});

if (missing) process.stderr.write(`skipped: ${missing}\n`);

test.skipIf(missing)('an image that is not to be had is named', async () => {
  const request = docker.request({ image: 'index-impact/no-such-image:15', major: CONTAINER_MAJOR });
  await expect(request.open(defaults({}), () => Promise.resolve())).rejects.toMatchObject({
    message: 'No server could be started from the image "index-impact/no-such-image:15"',
  });
});
