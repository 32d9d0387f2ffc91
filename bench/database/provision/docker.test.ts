import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getContainerRuntimeClient } from 'testcontainers';
import { LABEL, listContainers } from './docker.ts';
import { processIdentity } from './process-identity.ts';
import { withServer } from './provide.ts';
import { behavesAsProvider, defaults, type Provider, type Variation } from './provider-behaviour.fixture.ts';
import { containerImage, missingEngine } from './container-engine.fixture.ts';

const provide: Provider['provide'] = (use, variation = {}) =>
  withServer({ target: 'docker', image: containerImage, major: 15 }, defaults(variation), use);

const missing = await missingEngine();

describe.skipIf(missing)(`a server in a container${missing ? ` (skipped: ${missing})` : ''}`, () => {
  behavesAsProvider({
    provide,
    leftBehind: async () => {
      const { container } = await getContainerRuntimeClient();
      const label = [`${LABEL}=${processIdentity(process.pid)}`];
      const all = await container.dockerode.listContainers({ all: true, filters: { label } });
      return all.map(({ Id }) => Id);
    },
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

test.skipIf(missing)(
  'what a killed process has left is told from what is in use and from what is kept',
  async () => {
    const image = { target: 'docker', image: containerImage, major: 15 } as const;
    const others = new Set((await listContainers()).map(({ id }) => id));
    const own = async () => (await listContainers()).filter(({ id }) => !others.has(id));
    const stateDuring = (variation: Variation) =>
      withServer(image, defaults(variation), async () => (await own()).map(({ state }) => state));
    expect(await stateDuring({})).toEqual(['in use']);
    expect(await stateDuring({ keep: true })).toEqual(['kept']);
    for (const { remove } of await own()) await remove();
    expect(await own()).toEqual([]);
  },
);

if (missing) process.stderr.write(`skipped: ${missing}\n`);

test.skipIf(missing)('an image that is not to be had is named', async () => {
  const request = { target: 'docker', image: 'index-impact/no-such-image:15', major: 15 } as const;
  await expect(withServer(request, defaults({}), () => Promise.resolve())).rejects.toMatchObject({
    message: 'No server could be started from the image "index-impact/no-such-image:15"',
  });
});
