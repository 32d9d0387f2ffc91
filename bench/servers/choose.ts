import type { FlagReader } from '../flags/flag-reader.ts';
import { nameOf, type ValueFlag } from '../flags/flag.ts';
import { NotAccepted } from '../flags/values.ts';
import { embedded } from './embedded/index.ts';
import { TARGETS } from './index.ts';
import { url as urlFlag } from './flags.ts';
import type { ServerRequest, Target } from './target.ts';
import { chosenPair } from './url/pair.ts';
import { url } from './url/index.ts';

const NAMES = TARGETS.map(({ name }) => name);

export const target = {
  usage: '--target <name>',
  help: `where the server comes from: ${NAMES.slice(0, -1).join(', ')} or ${NAMES.at(-1)}`,
  default: embedded.name,
  commands: ['run', 'matrix', 'sweep', 'nightly'],
  parse: (typed) => {
    const chosen = TARGETS.find(({ name }) => name === typed);
    if (!chosen) throw NotAccepted.value(typed, NAMES.join(', '));
    return chosen;
  },
  replay: ({ server }) => server.target,
} satisfies ValueFlag<Target, { server: ServerRequest }>;

/** The same, beside the source that `--from` names. */
export const on = {
  ...target,
  usage: '--on <name>',
  help: `where it is measured: ${NAMES.slice(0, -1).join(', ')} or ${NAMES.at(-1)}`,
  commands: ['try'],
} satisfies ValueFlag<Target, { server: ServerRequest }>;

/** Where the server of a run comes from, or both of them. Flags that say nothing to it are problems. */
export function chosenServer(read: FlagReader): ServerRequest {
  const pair = chosenPair(read);
  if (pair) refuseBesidePair(read);
  const flag = read.takes(on) ? on : target;
  const chosen = pair ? url : read.value(flag);
  for (const other of new Set(TARGETS.flatMap(({ flags }) => flags))) {
    const owners = TARGETS.filter(({ flags }) => flags.includes(other)).map(({ name }) => name);
    const asked = `--${nameOf(flag)}`;
    const here = pair ? '--before and --after' : `${asked} ${chosen.name}`;
    if (read.isGiven(other) && !owners.includes(chosen.name))
      read.problem(other, `says nothing to ${here}; it is for ${asked} ${owners.join(' or ')}`);
  }
  return pair ?? chosen.choose(read);
}

const refuseBesidePair = (read: FlagReader): void => {
  for (const flag of [target, urlFlag])
    if (read.isGiven(flag)) read.problem(flag, 'leave it out: --before and --after name the servers');
};
