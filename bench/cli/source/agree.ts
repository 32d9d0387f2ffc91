import { RunError } from '../../model/errors.ts';
import type { Io } from '../io.ts';

/**
 * Shows what will be done, and waits for Enter where somebody sits at a terminal and has not said --yes.
 *
 * @throws RunError where the answer is another one
 */
export async function agree(
  preview: string,
  { goesAhead }: { goesAhead: boolean },
  { stderr, ask }: Pick<Io, 'stderr' | 'ask'>,
): Promise<void> {
  stderr.write(preview);
  if (goesAhead || !ask) return;
  const answer = await ask('Copy and measure? [Y/n] ');
  if (!/^(y(es)?)?$/i.test(answer.trim())) throw new RunError('Nothing was copied');
}
