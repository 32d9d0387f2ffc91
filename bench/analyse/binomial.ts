/** P(X <= k) for X ~ Binomial(n, p), summed term by term in logarithms: exact enough for the n used here. */
export function binomialCdf(k: number, n: number, p = 0.5): number {
  let logTerm = n * Math.log1p(-p);
  let sum = 0;
  for (let i = 0; i <= Math.min(k, n); i++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((n - i) / (i + 1)) + Math.log(p / (1 - p));
  }
  return Math.min(1, sum);
}

/**
 * The exact interval of a proportion (Clopper and Pearson 1934, "The use of confidence or fiducial limits"). Its ends
 * are the proportions at which so many hits or more, or so few or fewer, have half the error rate each.
 */
export function binomialInterval(
  hits: number,
  trials: number,
  confidence = 0.95,
): { low: number; high: number } {
  const half = (1 - confidence) / 2;
  return {
    low: hits === 0 ? 0 : bisect((p) => 1 - binomialCdf(hits - 1, trials, p) >= half),
    high: hits === trials ? 1 : bisect((p) => binomialCdf(hits, trials, p) <= half),
  };
}

/** The number of hits that chance exceeds with a probability below `alpha`. */
export function mostHits(trials: number, p: number, alpha: number): number {
  let hits = 0;
  while (1 - binomialCdf(hits, trials, p) >= alpha) hits++;
  return hits;
}

/** The smallest share at which a monotone condition holds. */
function bisect(holds: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
