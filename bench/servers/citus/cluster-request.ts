import type { Image } from '../containers/image.ts';

/** A cluster: what its nodes are made from, and how many workers it has. */
export interface ClusterRequest extends Image {
  workers: number;
}
