import type { ValueFlag } from '../../flags/flag.ts';
import { whole } from '../../flags/values.ts';
import { chosenImage, image } from '../containers/image.ts';
import { leftNetworks } from '../containers/leftovers.ts';
import { pg } from '../flags.ts';
import { defineTarget } from '../target.ts';
import type { ClusterRequest } from './cluster-request.ts';

const MOST_WORKERS = 16;

const nodes = {
  usage: '--nodes <number>',
  help: 'workers of the cluster, beside its coordinator',
  default: '2',
  commands: ['run', 'sweep', 'nightly', 'try'],
  parse: whole(`a whole number from 1 to ${MOST_WORKERS}`, (value) => value >= 1 && value <= MOST_WORKERS),
  replay: ({ workers }) => workers,
} satisfies ValueFlag<number, ClusterRequest>;

/** Of the PostgreSQL in the image that Citus publishes without a major in its tag. */
const PUBLISHED_MAJOR = 17;

/** A coordinator and its workers, each in a container of its own. */
export const citus = defineTarget<ClusterRequest>({
  name: 'citus',
  summary: 'a Citus coordinator and workers, each a container',
  cannot: 'confine several servers to one core',
  majors: [],
  majorOf: ({ major }) => major,
  libraries: [],
  flags: [pg, image, nodes],
  parse: (read) => ({
    ...chosenImage(read, () => ({
      image: 'citusdata/citus',
      major: read.isGiven(pg) ? read.value(pg) : PUBLISHED_MAJOR,
    })),
    workers: read.value(nodes),
  }),
  open: async (asked, opening, use) => {
    const { withCluster } = await import('./cluster.ts');
    return withCluster({ ...asked, ...opening }, use);
  },
  leftovers: () => leftNetworks,
});
