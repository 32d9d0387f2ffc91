/** A key, as four words of 32 bits. */
export type Key = readonly [number, number, number, number];

/**
 * A keyed hash of what was absorbed so far, with a number after each step: HalfSipHash (Aumasson, Bernstein, 2012) with
 * two rounds a character, and a key that fills its whole state.
 */
export class KeyedState {
  readonly #key: Key;
  #v0 = 0;
  #v1 = 0;
  #v2 = 0;
  #v3 = 0;

  constructor(key: Key) {
    this.#key = key;
    this.reset();
  }

  /** Nothing is absorbed any more. */
  reset(): void {
    this.#v0 = this.#key[0];
    this.#v1 = this.#key[1];
    this.#v2 = this.#key[2];
    this.#v3 = this.#key[3];
  }

  /** Of 32 bits; it depends on the key, and on all that was absorbed. */
  get number(): number {
    return (this.#v0 ^ this.#v1 ^ this.#v2 ^ this.#v3) >>> 0;
  }

  /** In local variables: this runs for each letter of a database. */
  absorb(code: number): void {
    let v0 = this.#v0;
    let v1 = this.#v1;
    let v2 = this.#v2;
    let v3 = this.#v3 ^ code;
    for (let round = 0; round < 2; round++) {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    }
    this.#v0 = v0 ^ code;
    this.#v1 = v1;
    this.#v2 = v2;
    this.#v3 = v3;
  }
}
