/** The logarithmic derivative of the gamma function, for x > 0: recurrence and series (Abramowitz and Stegun 6.3.5, 6.3.18). */
export function digamma(x: number): number {
  if (x < 10) return digamma(x + 1) - 1 / x;
  const inverse = 1 / (x * x);
  return Math.log(x) - 1 / (2 * x) - inverse * (1 / 12 - inverse * (1 / 120 - inverse / 252));
}

/** The derivative of `digamma` (6.4.6, 6.4.12). */
export function trigamma(x: number): number {
  if (x < 10) return trigamma(x + 1) + 1 / (x * x);
  const inverse = 1 / (x * x);
  return 1 / x + inverse / 2 + (inverse / x) * (1 / 6 - inverse * (1 / 30 - inverse / 42));
}

/** The x whose `trigamma` is y > 0. It falls from infinity to 0. */
export function inverseTrigamma(y: number): number {
  let [low, high] = [1e-6, 1e6];
  for (let step = 0; step < 100; step++) {
    const middle = Math.sqrt(low * high);
    if (trigamma(middle) > y) low = middle;
    else high = middle;
  }
  return high;
}
