import { getContainerRuntimeClient, ImageName } from 'testcontainers';

/** What containers are made from in tests; the default is built by scripts/offline-image/build.sh. */
export const containerImage = process.env.TEST_IMAGE ?? 'index-impact/postgres:15';

/** Of the PostgreSQL in it: its tag. */
export const CONTAINER_MAJOR = Number.parseInt(containerImage.split(':').at(-1) ?? '', 10);

/**
 * Why no container can be started here; undefined when one can.
 *
 * @throws Error where that is required, and nothing is to be skipped
 */
export async function missingEngine(wanted = containerImage): Promise<string | undefined> {
  const missing = await findMissing(wanted);
  if (missing !== undefined && process.env.REQUIRE_ENGINE) throw new Error(missing);
  return missing;
}

async function findMissing(wanted: string): Promise<string | undefined> {
  try {
    const { image } = await getContainerRuntimeClient();
    const [name = '', tag = 'latest'] = wanted.split(':');
    return (await image.exists(new ImageName(undefined, name, tag)))
      ? undefined
      : `no image ${wanted}; scripts/offline-image builds one`;
  } catch {
    return 'no container engine';
  }
}
