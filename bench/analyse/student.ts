/**
 * The chance that Student's t is farther from 0 than `t`, for a positive number of degrees of freedom: the regularised
 * incomplete beta function at df / (df + t^2) (Abramowitz and Stegun 26.7.1 and 26.5.27). For a small t that lies too close
 * to 1 to be written, and the other end is used.
 */
export function bothTails(t: number, df: number): number {
  if (Number.isNaN(t)) return 1;
  const square = t * t;
  if (square < df) return 1 - incompleteBeta(square / (df + square), 1 / 2, df / 2);
  return incompleteBeta(df / (df + square), df / 2, 1 / 2);
}

const known = new Map<string, number>();

/** The t that is exceeded, in either direction, with the probability 1 - `confidence`. */
export function quantile(confidence: number, df: number): number {
  const key = `${confidence} ${df}`;
  const t = known.get(key) ?? bisected(confidence, df);
  known.set(key, t);
  return t;
}

function bisected(confidence: number, df: number): number {
  let [low, high] = [0, 1];
  while (bothTails(high, df) > 1 - confidence) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (bothTails(middle, df) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}

/** By its continued fraction (26.5.8), at the end where that converges fast. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  return front / continuedFraction(x, a, b);
}

const TERMS = 200;

/** From the last term to the first: 1 + d1 / (1 + d2 / (1 + ...)). */
function continuedFraction(x: number, a: number, b: number): number {
  let value = 1;
  for (let term = TERMS; term >= 1; term--) {
    const m = Math.floor(term / 2);
    const coefficient =
      term % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    value = 1 + coefficient / value;
  }
  return value;
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** Stirling's series (6.1.41), for arguments that recurrence has made large enough. */
function logGamma(x: number): number {
  if (x < 10) return logGamma(x + 1) - Math.log(x);
  const inverse = 1 / (x * x);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series;
}
