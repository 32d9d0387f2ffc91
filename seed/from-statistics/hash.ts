import { createHash } from 'node:crypto';

/** Of 32 bits, for one purpose: other purposes have unrelated ones. */
export const keyFor = (...purpose: readonly (string | number)[]): number =>
  createHash('sha256').update(JSON.stringify(purpose)).digest().readUInt32LE(0);

/** A number of 32 bits that looks random: the finalizer of MurmurHash3 (Austin Appleby) over a sequence that a key shifts. */
export function hash(key: number, value: number): number {
  const low = finalized((Math.imul(value | 0, GOLDEN) + key) | 0);
  if (value < BEYOND_32_BITS) return low >>> 0;
  return finalized((low + Math.floor(value / BEYOND_32_BITS)) | 0) >>> 0;
}

/** From 0 to 1, without 1. */
export const fraction = (key: number, value: number): number => hash(key, value) / BEYOND_32_BITS;

/** 2^32 divided by the golden ratio: neighbours come to lie far apart. */
const GOLDEN = 0x9e3779b1;
const BEYOND_32_BITS = 2 ** 32;

function finalized(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
