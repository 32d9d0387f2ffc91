import type { Use } from '../parameters/use.ts';

/** A write whose values are known. */
export interface ResolvedWrite {
  uses: readonly Use[];
  /** The parameters that remain, in the order of their new numbers. */
  numbers: readonly number[];
  targets: string;
  choices: readonly string[];
}
