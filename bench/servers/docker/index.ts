import type { FlagReader } from '../../flags/flag-reader.ts';
import type { ValueFlag } from '../../flags/flag.ts';
import { text } from '../../flags/values.ts';
import { pg } from '../flags.ts';
import { MAJORS } from '../server-settings.ts';
import { defineTarget } from '../target.ts';
import type { Image } from './docker.ts';

const image = {
  usage: '--image <name>',
  help: 'image of the container',
  default: { words: 'postgres, with --pg as its tag' },
  commands: ['run', 'sweep', 'nightly', 'try'],
  parse: text,
  replay: (asked) => asked.image,
} satisfies ValueFlag<string, Image>;

/** A container of its own, which any engine that Docker's clients can talk to runs. */
export const docker = defineTarget<Image>({
  name: 'docker',
  summary: 'a container of its own',
  cannot: 'confine an engine elsewhere to one core',
  majors: MAJORS,
  majorOf: ({ major }) => major,
  libraries: ['testcontainers', '@testcontainers/postgresql'],
  flags: [pg, image],
  parse: chosenImage,
  open: async (asked, opening, use) => {
    const { withDockerServer } = await import('./docker.ts');
    return withDockerServer({ ...asked, ...opening }, use);
  },
  leftovers: () => async () => (await import('./leftovers.ts')).leftContainers(),
});

/** The settings of a server depend on its major, so that an image has to say it, or --pg. */
function chosenImage(read: FlagReader): Image {
  const [typed, major] = [read.value(image), read.value(pg)];
  if (typed === undefined) return { image: `postgres:${major}`, major };
  const tagged = Number(/:(\d+)(?:[.-].*)?$/.exec(typed)?.[1]);
  if (read.isGiven(pg)) return { image: typed, major };
  if (!MAJORS.includes(tagged))
    read.problem(pg, `is missing; "${typed}" does not say which PostgreSQL it holds`);
  return { image: typed, major: tagged };
}
