import { createHash } from 'node:crypto';
import type { Random } from '../bench/model/work-item.ts';

/**
 * A generator for one seed and one purpose: equal arguments give equal numbers, different purposes unrelated ones.
 * sfc32 of PractRand (Chris Doty-Humphrey), with its state filled from SHA-256.
 */
export function randomFor(seed: number, purpose: string): Random {
  const digest = createHash('sha256').update(`${seed}:${purpose}`).digest();
  let [a, b, c] = [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8)];
  let counter = 1;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
}
