import { createInterface } from 'node:readline/promises';
import type { Interruption } from './interruption.ts';
import type { Io } from './io.ts';

/** Puts questions to the user at a terminal. */
export const askAt =
  (
    stdin: NodeJS.ReadableStream,
    stderr: NodeJS.WritableStream,
    { signal, interrupt }: Pick<Interruption, 'signal' | 'interrupt'>,
  ): NonNullable<Io['ask']> =>
  async (question, patienceMs) => {
    const terminal = createInterface({ input: stdin, output: stderr });
    // While a line is edited, Ctrl-C is a key that no signal comes of.
    terminal.on('SIGINT', () => {
      interrupt('SIGINT');
    });
    // Said of a terminal that is closed, which SIGHUP says, too.
    terminal.on('error', () => undefined);
    try {
      return await terminal.question(question, { signal: within(signal, patienceMs) });
    } catch {
      signal.throwIfAborted();
      return undefined;
    } finally {
      terminal.close();
    }
  };

const within = (signal: AbortSignal, patienceMs: number | undefined): AbortSignal =>
  patienceMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
