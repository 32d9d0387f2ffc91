import { createInterface } from 'node:readline/promises';
import type { Interruption } from './interruption.ts';
import type { Io } from './io.ts';

/** Puts questions to the user at a terminal. Ctrl-D answers nothing. */
export const askAt =
  (
    stdin: NodeJS.ReadableStream,
    stderr: NodeJS.WritableStream,
    { signal, interrupt }: Interruption,
  ): NonNullable<Io['ask']> =>
  async (question) => {
    const terminal = createInterface({ input: stdin, output: stderr });
    // While a line is edited, Ctrl-C is a key that no signal comes of.
    terminal.on('SIGINT', () => {
      interrupt('SIGINT');
    });
    // Said of a terminal that is closed, which SIGHUP says, too.
    terminal.on('error', () => undefined);
    try {
      return await terminal.question(question, { signal });
    } catch {
      signal.throwIfAborted();
      return '';
    } finally {
      terminal.close();
    }
  };
