/**
 * Two-sided p-value of the rank-sum test that two independent samples have one distribution, exact for values
 * without ties; tied values count half each (Mann and Whitney 1947, "On a test of whether one of two random
 * variables is stochastically larger than the other").
 */
export function rankSumTest(first: readonly number[], second: readonly number[]): number {
  const wins = first.flatMap((a) => second.map((b): number => (a > b ? 1 : a < b ? 0 : 0.5)));
  const statistic = wins.reduce((sum, win) => sum + win, 0);
  const rarer = Math.floor(Math.min(statistic, wins.length - statistic));
  const ways = waysToWin(first.length, second.length);
  const total = ways.reduce((sum, count) => sum + count, 0);
  const tail = ways.slice(0, rarer + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * tail) / total);
}

/**
 * The number of orders of m + n values with each number of wins: the coefficients of the Gaussian binomial, the
 * product of (1 - x^(n+i)) / (1 - x^i) for i = 1..m.
 */
function waysToWin(m: number, n: number): number[] {
  const ways = new Array<number>(m * n + 1).fill(0);
  const add = (to: number, from: number, sign: 1 | -1): void => {
    ways[to] = (ways[to] ?? 0) + sign * (ways[from] ?? 0);
  };
  ways[0] = 1;
  for (let i = 1; i <= m; i++) {
    for (let wins = m * n; wins >= n + i; wins--) add(wins, wins - n - i, -1);
    for (let wins = i; wins <= m * n; wins++) add(wins, wins - i, 1);
  }
  return ways;
}
