import type { Connection } from '../../database/connection.ts';
import type { Random } from '../../model/work-item.ts';

/** A statement of the mix. */
export interface MixedStatement {
  title: string;
  sql: string;
  /** How often it is executed beside the others. */
  share: number;
  /** Executes it once more; undefined where no row is left to write to. */
  next: () => Execution | undefined;
}

export type Execution = (session: Connection) => Promise<unknown>;

/** The statements of one arm, one after another: whichever session asks gets the next. */
export class MixedLoad {
  readonly #random: Random;
  #statements: readonly MixedStatement[];
  /** Titles of those that have no row left to write to. */
  readonly usedUp: string[] = [];

  /** @param random the same for both arms: they get the same statements in the same order */
  constructor(statements: readonly MixedStatement[], random: Random) {
    this.#statements = statements;
    this.#random = random;
  }

  /** @returns undefined where all are used up */
  next(): { statement: MixedStatement; execute: Execution } | undefined {
    for (;;) {
      const statement = this.#draw();
      if (!statement) return undefined;
      const execute = statement.next();
      if (execute) return { statement, execute };
      this.usedUp.push(statement.title);
      this.#statements = this.#statements.filter((one) => one !== statement);
    }
  }

  #draw(): MixedStatement | undefined {
    const sum = this.#statements.reduce((so, { share }) => so + share, 0);
    let rest = this.#random() * sum;
    return this.#statements.find(({ share }) => (rest -= share) < 0) ?? this.#statements.at(-1);
  }
}
