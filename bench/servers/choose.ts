import type { FlagReader } from '../flags/flag-reader.ts';
import type { ValueFlag } from '../flags/flag.ts';
import { NotAccepted } from '../flags/values.ts';
import { embedded } from './embedded/index.ts';
import { TARGETS } from './index.ts';
import type { ServerRequest, Target } from './target.ts';

const NAMES = TARGETS.map(({ name }) => name);

export const target = {
  usage: '--target <name>',
  help: `where the server comes from: ${NAMES.slice(0, -1).join(', ')} or ${NAMES.at(-1)}`,
  default: embedded.name,
  commands: ['run', 'matrix', 'nightly'],
  parse: (typed) => {
    const chosen = TARGETS.find(({ name }) => name === typed);
    if (!chosen) throw NotAccepted.value(typed, NAMES.join(', '));
    return chosen;
  },
  replay: ({ server }) => server.target,
} satisfies ValueFlag<Target, { server: ServerRequest }>;

/** Where the server of a run comes from. Flags that this target does not take are problems. */
export function chosenServer(read: FlagReader): ServerRequest {
  const chosen = read.value(target);
  for (const flag of new Set(TARGETS.flatMap(({ flags }) => flags))) {
    const owners = TARGETS.filter(({ flags }) => flags.includes(flag)).map(({ name }) => name);
    if (read.isGiven(flag) && !owners.includes(chosen.name))
      read.problem(
        flag,
        `says nothing to --target ${chosen.name}; it is for --target ${owners.join(' or ')}`,
      );
  }
  return chosen.choose(read);
}
