import type { FlagReader } from '../flags/flag-reader.ts';
import { nameOf, type ValueFlag } from '../flags/flag.ts';
import { NotAccepted } from '../flags/values.ts';
import { embedded } from './embedded/index.ts';
import { TARGETS } from './index.ts';
import type { ServerRequest, Target } from './target.ts';

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

/** Where the server of a run comes from. Flags that this target does not take are problems. */
export function chosenServer(read: FlagReader): ServerRequest {
  const flag = read.takes(on) ? on : target;
  const chosen = read.value(flag);
  for (const other of new Set(TARGETS.flatMap(({ flags }) => flags))) {
    const owners = TARGETS.filter(({ flags }) => flags.includes(other)).map(({ name }) => name);
    const asked = `--${nameOf(flag)}`;
    if (read.isGiven(other) && !owners.includes(chosen.name))
      read.problem(
        other,
        `says nothing to ${asked} ${chosen.name}; it is for ${asked} ${owners.join(' or ')}`,
      );
  }
  return chosen.choose(read);
}
