/** What the process tells its caller: see docs/reference.md. */
export const ExitCode = {
  done: 0,
  gateFailed: 1,
  usage: 2,
  notComparable: 3,
  incomplete: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The request cannot be carried out as asked. Holds every problem found, each naming its flag. */
export class UsageError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'UsageError';
    this.problems = problems;
  }
}

/**
 * The run cannot go on. `message` says what happened, `detail` where (file, line and caret, or the SQL),
 * `remedy` what to do about it.
 */
export class RunError extends Error {
  readonly detail: string | undefined;
  readonly remedy: string | undefined;

  constructor(message: string, options: { detail?: string; remedy?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'RunError';
    this.detail = options.detail;
    this.remedy = options.remedy;
  }
}

/** Two measurements were not made under the same conditions. Holds every difference. */
export class NotComparable extends Error {
  readonly differences: readonly string[];

  constructor(differences: readonly string[]) {
    super(differences.join('\n'));
    this.name = 'NotComparable';
    this.differences = differences;
  }
}

/** One work item cannot be measured; the others can. */
export class ItemError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ItemError';
  }
}

/** SIGINT, SIGTERM, SIGQUIT or, at a terminal, SIGHUP arrived; the scopes unwind and what was measured is kept. */
export class Interrupted extends Error {
  constructor(signal: string) {
    super(`interrupted by ${signal}`);
    this.name = 'Interrupted';
  }
}
