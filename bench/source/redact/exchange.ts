const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** The numbers below a size that have no divisor in common with it. */
const factorsOf = (size: number): number[] =>
  Array.from({ length: size }, (_, factor) => factor).filter((one) => divisor(one, size) === 1);

const factors: number[][] = [];

/**
 * Exchanges the places of an alphabet for one another: `factor * place + shift`, both chosen by `chance`. No place stays,
 * unless it is the only one: with an even size the factor is odd, and with an odd shift then no place is its own.
 *
 * @param chance 32 random bits
 */
export function exchanged(place: number, size: number, chance: number): number {
  if (size === 1) return place;
  const low = chance & 0xffff;
  if (size % 2 === 1) return (place + 1 + below(size - 1, low)) % size;
  const all = (factors[size] ??= factorsOf(size));
  const factor = all[below(all.length, chance >>> 16)] ?? 1;
  return (factor * place + 1 + 2 * below(size >> 1, low)) % size;
}

/** A number from 0 on that is smaller than `limit`, made of 16 random bits without a division. */
const below = (limit: number, bits: number): number => (limit * bits) >>> 16;
