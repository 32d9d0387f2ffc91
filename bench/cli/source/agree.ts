import { RunError } from '../../model/errors.ts';
import type { Io } from '../io.ts';

/** While nobody answers, the snapshot of the source holds back its VACUUM. */
const PATIENCE_MINUTES = 5;

/**
 * Shows what will be done, and waits for Enter where somebody sits at a terminal and has not said --yes.
 *
 * @throws RunError where the answer is another one, or there is none
 */
export async function agree(
  preview: string,
  { goesAhead }: { goesAhead: boolean },
  { stderr, ask }: Pick<Io, 'stderr' | 'ask'>,
): Promise<void> {
  stderr.write(preview);
  if (goesAhead || !ask) return;
  const answer = await ask('Copy and measure? [Y/n] ', PATIENCE_MINUTES * 60_000);
  if (answer === undefined) throw new RunError(UNANSWERED);
  if (!/^(y(es)?)?$/i.test(answer.trim())) throw new RunError('Nothing was copied');
}

const UNANSWERED = `Nothing was copied: nobody answered; a question waits for ${PATIENCE_MINUTES} minutes, as its snapshot holds back VACUUM in the source`;
