import type { ExitCode } from '../model/errors.ts';
import type { CommandLine } from './command-line.ts';
import type { Io } from './io.ts';

/** Carries a command out as it was typed, and says how it ended. */
export type Execute = (line: CommandLine, io: Io) => Promise<ExitCode>;
