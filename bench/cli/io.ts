import { Writable } from 'node:stream';
import type { CommandLine } from '../flags/commands.ts';
import type { ExitCode } from '../model/errors.ts';

/** Where text goes: a terminal has a width, a file or a pipe has none. */
export type Output = NodeJS.WritableStream & { isTTY?: boolean; columns?: number; fd?: number };

/** The outside world, as a command sees it. */
export interface Io {
  stdout: Output;
  /** Progress and problems, so that stdout can be piped. */
  stderr: Output;
  /** Puts a question to the user; undefined where nobody sits at a terminal. */
  ask: ((question: string, patienceMs?: number) => Promise<string | undefined>) | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** Aborts with an `Interrupted` as its reason when a signal is to end the program. */
  signal: AbortSignal;
}

/** The same world, in which nothing is said on the way. */
export const withoutProgress = (io: Io): Io => ({
  ...io,
  stderr: new Writable({
    write: (_chunk, _encoding, written) => {
      written();
    },
  }),
});

/** The widest that text is laid out for where the width is unknown. */
const PIPED_COLUMNS = 120;

/** How an output shows text: NO_COLOR (no-color.org) is respected. */
export function appearance(output: Output, env: Io['env']): { columns: number; color: boolean } {
  const color = output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return { columns: output.columns ?? PIPED_COLUMNS, color };
}

/** Carries a command out as it was typed, and says how it ended. */
export type Execute = (line: CommandLine, io: Io) => Promise<ExitCode>;
