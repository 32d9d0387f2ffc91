import type { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import type { CommandLine } from './command-line.ts';
import type { FlagName } from './flags.ts';

/** Reads the flags of one command line and collects what is wrong with them until `finish`. */
export class FlagReader {
  readonly #line: CommandLine;
  readonly #problems: string[];

  constructor(line: CommandLine) {
    this.#line = line;
    this.#problems = [...line.problems];
  }

  isGiven(flag: FlagName): boolean {
    return flag in this.#line.values;
  }

  text(flag: FlagName, fallback: string): string {
    const value = this.#line.values[flag];
    return typeof value === 'string' ? value : fallback;
  }

  /** @param accepts what the flag takes, for the problem it is when the schema refuses the value */
  number(flag: FlagName, schema: z.ZodType<number>, fallback: number, accepts: string): number {
    if (!this.isGiven(flag)) return fallback;
    const typed = this.text(flag, '');
    const parsed = schema.safeParse(typed.trim() === '' ? NaN : Number(typed));
    if (parsed.success) return parsed.data;
    this.problem(flag, `"${typed}" is not accepted; it takes ${accepts}`);
    return fallback;
  }

  choice<T extends string>(flag: FlagName, choices: readonly T[], fallback: T): T {
    const typed = this.text(flag, fallback);
    const choice = choices.find((candidate) => candidate === typed);
    if (!choice) this.problem(flag, `"${typed}" is not accepted; it takes ${choices.join(', ')}`);
    return choice ?? fallback;
  }

  /** A comma-separated list of some of the known names. */
  list(flag: FlagName, known: readonly string[]): string[] {
    if (!this.isGiven(flag)) return [];
    const names = this.text(flag, '')
      .split(',')
      .map((name) => name.trim());
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      const quoted = unknown.map((name) => `"${name}"`).join(', ');
      this.problem(flag, `${quoted} is not known; the known ones are:\n    ${known.join('\n    ')}`);
    }
    return names;
  }

  problem(flag: FlagName, text: string): void {
    this.#problems.push(`--${flag}: ${text}`);
  }

  /** Waits for what may itself find problems with a flag; those join the others. */
  async collect<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.#problems.push(...error.problems);
      return undefined;
    }
  }

  /** @throws UsageError with every problem, if there is one; or when `value` is undefined because of one */
  finish<T>(value: T | undefined): T {
    if (this.#problems.length > 0 || value === undefined) throw new UsageError(this.#problems);
    return value;
  }
}
