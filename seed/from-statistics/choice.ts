import { fraction } from './hash.ts';

const BLOCK = 64;

/**
 * So many of the places from 0 to size - 1, spread evenly over blocks of 64, and at random within each. Counts are exact, and no
 * place has to know of another block.
 */
export class Choice {
  readonly #size: number;
  readonly #count: number;
  readonly #key: number;
  /** Of the block that was asked for last. */
  readonly #ranks = new Float64Array(BLOCK);
  #block = -1;

  constructor(size: number, count: number, key: number) {
    this.#size = size;
    this.#count = count;
    this.#key = key;
  }

  /** @returns how many are chosen before a place that is chosen, or -1 - how many are not before one that is not */
  at(place: number): number {
    if (this.#count === 0) return -1 - place;
    if (this.#count === this.#size) return place;
    const block = Math.floor(place / BLOCK);
    if (block !== this.#block) this.#draw(block);
    return this.#ranks[place - block * BLOCK] ?? 0;
  }

  #chosenBefore(block: number): number {
    return Math.floor((Math.min(block * BLOCK, this.#size) * this.#count) / this.#size);
  }

  /** Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S). */
  #draw(block: number): void {
    const first = block * BLOCK;
    const before = this.#chosenBefore(block);
    const wanted = this.#chosenBefore(block + 1) - before;
    const places = Math.min(BLOCK, this.#size - first);
    let chosen = 0;
    for (let at = 0; at < places; at++) {
      const isChosen = fraction(this.#key, first + at) * (places - at) < wanted - chosen;
      this.#ranks[at] = isChosen ? before + chosen : -1 - (first - before + at - chosen);
      if (isChosen) chosen++;
    }
    this.#block = block;
  }
}
