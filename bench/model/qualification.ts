/** A candidate whose truth is known, and what the harness made of it; no problems means that it was right. */
export interface QualifiedCase {
  name: string;
  truth: string;
  /** With intervals, as a sentence without its final stop. */
  found: string;
  problems: readonly string[];
}

/** A share of trials with its 95 % interval. */
export interface Rate {
  hits: number;
  trials: number;
  low: number;
  high: number;
}

/** Simulated pairs of one distribution, measured as a run measures: until precise, or the most pairs. */
export interface SimulatedCoverage {
  distribution: string;
  /** Interquartile range of the log ratio. */
  spread: number;
  /** Mean number of pairs until the rule stopped. */
  meanPairs: number;
  /** How often the interval covered the truth. */
  covered: Rate;
}

/** Simulated runs on a machine whose states slow one arm down more than the other, and outlast a visit to an item. */
export interface SimulatedStates {
  arms: string;
  /** Mean number of rounds until the rule stopped. */
  meanRounds: number;
  /** Half the interval over the ratio, the median over runs. */
  halfWidth: number;
  /** How often the interval covered the long-run value of the estimator. */
  covered: Rate;
  /** How often it covered the point of another run: of correct 95 % intervals 83 %. */
  confirmed: Rate;
}

/** Everything that `qualify` found out about the harness on this machine. */
export interface Qualification {
  coverage: readonly SimulatedCoverage[];
  states: readonly SimulatedStates[];
  cases: readonly QualifiedCase[];
  /** Rows of identical arms whose 95 % interval excludes 1, and the most that an honest harness has. */
  exclusions: Rate & { most: number };
}
