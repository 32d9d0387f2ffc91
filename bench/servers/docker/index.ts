import { chosenImage, image, type Image } from '../containers/image.ts';
import { leftContainers } from '../containers/leftovers.ts';
import { pg } from '../flags.ts';
import { MAJORS } from '../server-settings.ts';
import { defineTarget } from '../target.ts';

/** A container of its own, which any engine that Docker's clients can talk to runs. */
export const docker = defineTarget<Image>({
  name: 'docker',
  summary: 'a container of its own',
  cannot: 'confine an engine elsewhere to one core',
  majors: MAJORS,
  majorOf: ({ major }) => major,
  libraries: [],
  flags: [pg, image],
  parse: (read) => chosenImage(read, (major) => ({ image: `postgres:${major}`, major })),
  open: async (asked, opening, use) => {
    const { withDockerServer } = await import('./docker.ts');
    return withDockerServer({ ...asked, ...opening }, use);
  },
  leftovers: () => leftContainers,
});
