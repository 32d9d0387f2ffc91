/** Why a server ends: it says so itself, or its first process says by which signal a child of it was ended. */
const ENDS = /\b(FATAL|PANIC):|terminated by signal|shutdown request/;

/** What tells of an end that others have asked for: every session that is ended writes it. */
const SESSION_ENDS =
  /terminating connection|is not currently accepting connections|database system is (in recovery|starting)/;

/** The log of a server in a container, as far as it is of use when the server has ended. */
export class ContainerLog {
  #lastWords: string | undefined;

  add(line: string): void {
    if (ENDS.test(line) && !SESSION_ENDS.test(line)) this.#lastWords = line.trim();
  }

  lastWords(): string | undefined {
    return this.#lastWords;
  }
}
