import type { Confirm } from '../servers/target.ts';
import { RunError, UsageError } from '../model/errors.ts';
import { describeServerLoad } from '../run/server-load.ts';
import type { Io } from './io.ts';
import type { RunOptions } from './run-options.ts';

/** Says what a run does to a server, and has the user decide where others seem to use it; --yes has decided already. */
export const confirmWith =
  (options: RunOptions, { stderr, ask }: Pick<Io, 'stderr' | 'ask'>): Confirm =>
  async ({ concerns, maxSessions }) => {
    const load = describeServerLoad(options, maxSessions);
    const found = `others seem to use this server: ${concerns.join(', ')}`;
    if (concerns.length === 0 || options.goesAhead) {
      for (const line of [load, ...(concerns.length > 0 ? [found] : [])]) stderr.write(`      ${line}\n`);
      return;
    }
    if (!ask) throw new UsageError([`--yes: is missing; ${found}; ${load}`]);
    const answer = await ask(
      `\n${found}.\nMeasuring will slow them down, and they will spoil it: ${load}. Go on? [y/N] `,
    );
    if (!/^y(es)?$/i.test(answer?.trim() ?? '')) throw new RunError('Nothing was done on this server');
  };

/** The same for several runs: what was decided once holds for all. */
export function confirmOnce(options: RunOptions, io: Pick<Io, 'stderr' | 'ask'>): Confirm {
  const confirm = confirmWith(options, io);
  let decided: Promise<void> | undefined;
  return (preview) => (decided ??= confirm(preview));
}
