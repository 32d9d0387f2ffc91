import { UsageError } from '../model/errors.ts';
import type { CommandLine } from './commands.ts';
import { defaultOf, nameOf, type Flag, type ValueFlag } from './flag.ts';
import { NotAccepted } from './values.ts';

/** Reads the flags of one command line and collects what is wrong with them until `finish`. */
export class FlagReader {
  readonly #line: CommandLine;
  readonly #problems: string[];
  /** Of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;

  constructor(line: CommandLine, env: FlagReader['env'] = {}) {
    this.#line = line;
    this.#problems = [...line.problems];
    this.env = env;
  }

  /** Two commands may have different flags of the same name. */
  isGiven(flag: Flag): boolean {
    return this.takes(flag) && nameOf(flag) in this.#line.values;
  }

  takes({ commands }: Flag): boolean {
    return commands.includes(this.#line.command);
  }

  /**
   * What was typed, or the default, parsed. Where that is refused there is a problem, and the default stands for it
   * until `finish` throws.
   *
   * @returns undefined for a flag without a default as text that is not given or was refused
   */
  value<Value>(flag: ValueFlag<Value> & { default: string }): Value;
  value<Value>(flag: ValueFlag<Value>): Value | undefined;
  value<Value>(flag: ValueFlag<Value>): Value | undefined {
    const fallback = defaultOf(flag, this.#line.command);
    const standIn = typeof fallback === 'string' ? flag.parse(fallback) : undefined;
    const typed = this.isGiven(flag) ? this.#line.values[nameOf(flag)] : undefined;
    if (typeof typed !== 'string') return standIn;
    try {
      return flag.parse(typed);
    } catch (error) {
      if (!(error instanceof NotAccepted)) throw error;
      this.problem(flag, error.message);
      return standIn;
    }
  }

  /** Whether nothing has been wrong with the flag so far. */
  isAccepted(flag: Flag): boolean {
    return !this.#problems.some((problem) => problem.startsWith(`--${nameOf(flag)}: `));
  }

  problem(flag: Flag, text: string): void {
    this.problemOf(`--${nameOf(flag)}`, text);
  }

  /** @param what an argument */
  problemOf(what: string, text: string): void {
    this.#problems.push(`${what}: ${text}`);
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

  /** @throws UsageError with every problem once, if there is one; or when `value` is undefined because of one */
  finish<T>(value: T | undefined): T {
    if (this.#problems.length > 0 || value === undefined) throw new UsageError([...new Set(this.#problems)]);
    return value;
  }
}
