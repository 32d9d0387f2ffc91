import type { CommandName } from './commands.ts';

/** What stands for a flag that is not given: a value as it would be typed, or words where only the command knows it. */
type Default = string | { readonly words: string };

/**
 * A flag: all that is known of it. Parsing, `--help`, the reference, `--resume` and the command that repeats a run are
 * made of such records.
 *
 * @typeParam Request what was asked for, for a flag that is said again
 */
export interface Flag<Request = never> {
  /** As `--help` shows it: `--scale <number>`, or `--quiet` for a flag without a value. */
  usage: `--${string}`;
  help: string;
  commands: readonly CommandName[];
  default?: Default;
  /** Of the commands that have another default. */
  defaultOf?: Readonly<Partial<Record<CommandName, Default>>>;
  /**
   * The value that asks for the same again, for a flag that decides what is measured. A run that goes on keeps it;
   * undefined leaves the flag out, and true stands for a flag without a value.
   */
  replay?: (request: Request) => string | number | true | undefined;
  /** May be given beside `--resume`. */
  resumable?: true;
}

/** A flag with a value. */
export interface ValueFlag<Value, Request = never> extends Flag<Request> {
  /** @throws NotAccepted saying what it takes instead */
  parse: (typed: string) => Value;
}

/** The name that a flag is typed with, without its dashes. */
export const nameOf = ({ usage }: Pick<Flag, 'usage'>): string => /^--([\w-]+)/.exec(usage)?.[1] ?? '';

export const takesValue = ({ usage }: Pick<Flag, 'usage'>): boolean => usage.includes('<');

export const defaultOf = (flag: Flag, command: CommandName): Default | undefined =>
  flag.defaultOf?.[command] ?? flag.default;

/** A default as it is shown: text is what would be typed. */
export const shownDefault = (value: Default | undefined): string | undefined =>
  typeof value === 'object' ? value.words : value;

/** The words that ask for the same again. Every value is spelled out, so that they mean the same when a default has changed. */
export const replayed = <Request>(flags: readonly Flag<Request>[], request: Request): string[] =>
  flags.flatMap((flag) => {
    const value = flag.replay?.(request);
    if (value === undefined) return [];
    return value === true ? [`--${nameOf(flag)}`] : [`--${nameOf(flag)}`, String(value)];
  });
