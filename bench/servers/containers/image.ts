import type { FlagReader } from '../../flags/flag-reader.ts';
import type { ValueFlag } from '../../flags/flag.ts';
import { text } from '../../flags/values.ts';
import { pg } from '../flags.ts';
import { MAJORS } from '../server-settings.ts';

/** An image, and the major of the PostgreSQL in it. */
export interface Image {
  image: string;
  major: number;
}

export const image = {
  usage: '--image <name>',
  help: 'image of the container, or of all containers of a cluster',
  default: { words: 'postgres, with --pg as its tag, or citusdata/citus' },
  commands: ['run', 'sweep', 'nightly', 'try'],
  parse: text,
  replay: (asked) => asked.image,
} satisfies ValueFlag<string, Image>;

/**
 * The settings of a server depend on its major, so that an image has to say it, or --pg.
 *
 * @param unlessTyped the target's own image
 */
export function chosenImage(read: FlagReader, unlessTyped: (major: number) => Image): Image {
  const [typed, major] = [read.value(image), read.value(pg)];
  if (typed === undefined) return unlessTyped(major);
  const tagged = Number(/:(?:.*pg)?(\d+)(?:[.-].*)?$/.exec(typed)?.[1]);
  if (read.isGiven(pg)) return { image: typed, major };
  if (!MAJORS.includes(tagged))
    read.problem(pg, `is missing; "${typed}" does not say which PostgreSQL it holds`);
  return { image: typed, major: tagged };
}
