import type { Confirm } from '../database/provision/server-request.ts';
import { RunError, UsageError } from '../model/errors.ts';
import type { Io } from './io.ts';
import type { RunOptions } from './options.ts';

/** Has the user decide about a server that others seem to use; --yes has decided already. */
export const confirmWith =
  ({ goesAhead }: Pick<RunOptions, 'goesAhead'>, { stderr, ask }: Pick<Io, 'stderr' | 'ask'>): Confirm =>
  async (concerns) => {
    const found = `others seem to use this server: ${concerns.join(', ')}`;
    if (goesAhead) {
      stderr.write(`      ${found}\n`);
      return;
    }
    if (!ask) throw new UsageError([`--yes: is missing; ${found}`]);
    const answer = await ask(
      `\n${found}.\nMeasuring will slow them down, and they will spoil it. Go on? [y/N] `,
    );
    if (!/^y(es)?$/i.test(answer.trim())) throw new RunError('Nothing was done on this server');
  };
