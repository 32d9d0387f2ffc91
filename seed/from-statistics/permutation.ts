import { hash } from './hash.ts';

/**
 * The numbers from 0 to size - 1 in an order that looks random, without a list of them: a Feistel network of four rounds over two digits of
 * about the same size, walked until it is inside (Black and Rogaway 2002, "Ciphers with arbitrary finite domains").
 */
export class Permutation {
  readonly #size: number;
  readonly #key: number;
  readonly #left: number;
  readonly #right: number;

  constructor(size: number, key: number) {
    this.#size = size;
    this.#key = key;
    this.#left = Math.max(1, Math.ceil(Math.sqrt(size)));
    this.#right = Math.ceil(size / this.#left);
  }

  at(place: number): number {
    let other = place;
    do other = this.#once(other);
    while (other >= this.#size);
    return other;
  }

  #once(place: number): number {
    const [key, lefts, rights] = [this.#key, this.#left, this.#right];
    let left = place % lefts;
    let right = (place - left) / lefts;
    left = (left + small(key, right)) % lefts;
    right = (right + small(key + 1, left)) % rights;
    left = (left + small(key + 2, right)) % lefts;
    right = (right + small(key + 3, left)) % rights;
    return right * lefts + left;
  }
}

/** Of 30 bits: sums stay small integers, whose remainders take less time. */
const small = (key: number, value: number): number => hash(key, value) >>> 2;
