/** P(X <= k) for X ~ Binomial(n, 1/2), summed term by term in logarithms: exact enough for any n used here. */
export function binomialCdf(k: number, n: number): number {
  let logTerm = -n * Math.LN2;
  let sum = 0;
  for (let i = 0; i <= Math.min(k, n); i++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((n - i) / (i + 1));
  }
  return Math.min(1, sum);
}
