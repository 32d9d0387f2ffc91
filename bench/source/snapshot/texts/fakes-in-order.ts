import { randomFor } from '../../../../seed/random.ts';
import type { Random } from '../../../model/work-item.ts';

/** A text that gets a fake. */
export interface Measured {
  characters: number;
  /** In UTF-8. */
  bytes: number;
  /** It stays as it is. */
  kept?: string | undefined;
}

/** What fakes are made of. */
export interface FakeAlphabet {
  /** ASCII characters, in the order of their codes. */
  symbols: string;
  /** How a text that is kept is compared with fakes. */
  fold: (text: string) => string;
}

/** Places of fakes are whole numbers below it, which doubles tell apart after divisions, too. */
const MOST_PLACES = 2 ** 50;

/**
 * Fakes that sort as the texts do, each with the characters and bytes of its text. They are spread evenly over all that
 * the alphabet has between those that are kept.
 *
 * @param texts in their order
 * @returns undefined where there are not enough short fakes, or the kept texts sort otherwise
 */
export function fakesInOrder(texts: readonly Measured[], alphabet: FakeAlphabet): string[] | undefined {
  const scale = new Scale(alphabet);
  const places = placed(texts, scale, 'evenly') ?? placed(texts, scale, 'as low as possible');
  const random = randomFor(0, 'fakes');
  return places?.map((place, at) => {
    const text = texts[at];
    return text?.kept ?? scale.write(place, text ?? { characters: 0, bytes: 0 }, random);
  });
}

/** Fakes as fractions: their first symbols are digits of a number. */
class Scale {
  readonly #symbols: string;
  readonly #fold: FakeAlphabet['fold'];
  /** Symbols that decide the order. */
  readonly #digits: number;
  readonly end: number;

  constructor({ symbols, fold }: FakeAlphabet) {
    this.#symbols = symbols;
    this.#fold = fold;
    this.#digits = Math.floor(Math.log(MOST_PLACES) / Math.log(symbols.length));
    this.end = symbols.length ** this.#digits;
  }

  /** The distance of neighbours among the fakes of a text. */
  unit(text: Measured): number {
    return this.#symbols.length ** (this.#digits - Math.min(this.#digits, asciiIn(text)));
  }

  /** Where a text that is kept stands. Of a character that is no symbol: behind those that begin with a lower one. */
  placeOf(kept: string): number {
    let place = 0;
    let unit = this.end;
    for (const character of this.#fold(kept)) {
      unit /= this.#symbols.length;
      if (unit < 1) break;
      const digit = this.#symbols.indexOf(character);
      if (digit < 0) {
        const below = Array.from(this.#symbols).filter((symbol) => symbol < character).length;
        return Math.max(0, place + below * unit - 1);
      }
      place += digit * unit;
    }
    return place;
  }

  write(place: number, text: Measured, random: Random): string {
    const ascii = asciiIn(text);
    let digits = '';
    for (let rest = place; digits.length < this.#digits; rest = Math.floor(rest / this.#symbols.length))
      digits = (this.#symbols[rest % this.#symbols.length] ?? '') + digits;
    let fake = digits.slice(0, ascii);
    while (fake.length < ascii) fake += this.#symbols[Math.floor(random() * this.#symbols.length)] ?? '';
    return fake + longerCharacters(text.characters - ascii, text.bytes - ascii);
  }
}

/** How many ASCII characters a fake begins with: as many as leave room for its bytes behind them. */
const asciiIn = ({ characters, bytes }: Measured): number =>
  characters === bytes
    ? characters
    : Math.max(1, Math.min(characters, Math.floor((4 * characters - bytes) / 3)));

/** A letter by its bytes in UTF-8. */
const BY_BYTES = ['', 'x', 'é', '가', '𐌰'];

function longerCharacters(characters: number, bytes: number): string {
  let text = '';
  let left = bytes;
  for (let at = characters; at > 0; at--) {
    const own = Math.min(4, Math.max(1, left - (at - 1)));
    text += BY_BYTES[own] ?? '';
    left -= own;
  }
  return text;
}

/** An element of an array that reads NULL is none. */
const isNull = (fake: string): boolean => fake.toLowerCase() === 'null';

/** Each place above the one before. */
function placed(
  texts: readonly Measured[],
  scale: Scale,
  how: 'evenly' | 'as low as possible',
): number[] | undefined {
  const fixed = texts.map(({ kept }) => (kept === undefined ? undefined : scale.placeOf(kept)));
  const places: number[] = [];
  let last = -1;
  let segment = { low: -1, high: -1, begin: 0, size: 0 };
  for (const [at, text] of texts.entries()) {
    const own = fixed[at];
    if (own !== undefined && own < last) return undefined;
    if (at === 0 || fixed[at - 1] !== undefined) segment = segmentFrom(at, last, fixed, scale.end);
    const { low, high, begin, size } = segment;
    const aim = how === 'evenly' ? low + ((high - low) * (at - begin + 1)) / (size + 1) : 0;
    const place = own ?? nextPlace(text, aim, last, scale);
    if (own === undefined && place >= high) return undefined;
    places.push(place);
    last = place;
  }
  return places;
}

/** From a text on, up to the next one that is kept. */
function segmentFrom(
  begin: number,
  low: number,
  fixed: readonly (number | undefined)[],
  end: number,
): { low: number; high: number; begin: number; size: number } {
  const next = fixed.findIndex((place, at) => at >= begin && place !== undefined);
  const stop = next < 0 ? fixed.length : next;
  return { low: Math.max(0, low), high: fixed[stop] ?? end, begin, size: stop - begin };
}

function nextPlace(text: Measured, aim: number, last: number, scale: Scale): number {
  const unit = scale.unit(text);
  const [near, least] = [Math.floor(aim / unit) * unit, Math.ceil((last + 1) / unit) * unit];
  const place = Math.max(near, least);
  const isTaken = text.bytes === 4 && isNull(scale.write(place, text, () => 0));
  return isTaken ? place + unit : place;
}
