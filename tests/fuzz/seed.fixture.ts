/**
 * Where the fuzz tests begin to draw. The seed is fixed, so that a change is judged on the same inputs everywhere;
 * FUZZ_SEED=<integer> draws others: `FUZZ_SEED=7 npx vitest run tests/fuzz`. fast-check prints the seed and the
 * smallest input that fails; both runs then find it again.
 */
const SEED = Number(process.env.FUZZ_SEED ?? 20_251_004);

/** Of the inputs that `npm run test:fuzz` draws, so many are enough for every day. */
const SHARE = Number(process.env.FUZZ_SHARE ?? 0.2);

/** What fast-check needs to know for a share of so many inputs. */
export const drawing = (inputs: number): { seed: number; numRuns: number } => ({
  seed: SEED,
  numRuns: Math.ceil(inputs * SHARE),
});

/** For thousands of inputs on a machine that is busy with something else. */
export const PATIENCE_MS = 300_000;
