const [DIGITS, LETTERS] = [10, 26] as const;

/** A letter or digit among those that may stand in its place. */
interface Place {
  index: number;
  radix: typeof DIGITS | typeof LETTERS;
  /** Kinds sort in this order. */
  kind: 'digit' | 'upper' | 'lower';
  first: number;
}

const KINDS = [
  { kind: 'digit', first: 0x30, radix: DIGITS },
  { kind: 'upper', first: 0x41, radix: LETTERS },
  { kind: 'lower', first: 0x61, radix: LETTERS },
] as const;

function placeOf(code: number): Place | undefined {
  const found = KINDS.find(({ first, radix }) => code >= first && code < first + radix);
  return found && { ...found, index: code - found.first };
}

const LAST_ASCII = 0x7f;

/** What may be changed, and how it is sorted. */
export interface TextRules {
  /** Where letters and digits of a text may be exchanged. @default everywhere */
  editable?: ((text: string) => (at: number) => boolean) | undefined;
  /** Longest text; texts may become longer than their bounds where it is more than these are. */
  longest: number;
  isBytewise: boolean;
}

/** Most different values of so many places; sums stay exact. */
const MOST_VALUES = 2 ** 50;

/** Enough for any fraction that is asked for. */
const ROOM_AFTER = 12;

/** The places of a text that are counted through, from the first one on which it may differ. */
interface Counter {
  /** With letters after its end, where those are needed. */
  text: string;
  /** From the last to the first. */
  places: readonly { at: number; place: Place }[];
  /** Numbers that the lowest and the highest text have in these places. */
  from: number;
  to: number;
}

/**
 * Texts of the lower bound's shape, between two bounds: its letters and digits count up from the first in which the bounds differ.
 * Punctuation stays, so addresses and numbers keep their form.
 *
 * @returns different texts in their order for 0 to `parts`, as far as the bounds leave room
 */
export function textBetween(
  low: string,
  high: string,
  parts: number,
  rules: TextRules,
): (part: number) => string {
  const counter = counterFor(low, high, parts, rules);
  const range = counter.to - counter.from;
  return (part) => {
    if (part === 0) return low;
    if (part === parts) return high;
    return written(counter, counter.from + Math.max(Math.min(1, range), Math.floor((range * part) / parts)));
  };
}

/** How many different texts it finds from one bound up to the other, without that; or more than anyone asks for. */
export function roomBetween(low: string, high: string, rules: TextRules): number {
  const { from, to } = counterFor(low, high, MOST_VALUES, rules);
  return to - from;
}

function written({ text, places }: Counter, number: number): string {
  let left = number;
  let end = text.length;
  let made = '';
  for (const { at, place } of places) {
    const index = left % place.radix;
    left = (left - index) / place.radix;
    made = String.fromCharCode(place.first + index) + text.slice(at + 1, end) + made;
    end = at;
  }
  return text.slice(0, end) + made;
}

/**
 * Where the bounds leave too little room, texts go on as none between other bounds does, and may come after the upper one.
 */
function counterFor(low: string, high: string, parts: number, rules: TextRules): Counter {
  const [usual, other] = /\d$/.test(low) ? ['0', 'a'] : ['a', '0'];
  const after = (letter = ''): string =>
    low + letter.repeat(Math.min(ROOM_AFTER, Math.max(0, rules.longest - low.length)));
  const start = sharedLength(low, high, rules.isBytewise);
  const bounded = counted({ low, high, text: after(usual), start }, parts, rules);
  if (bounded.to - bounded.from >= parts || after(other).length === low.length) return bounded;
  return counted({ low, high: undefined, text: after(other), start: low.length }, parts, rules);
}

/** The lower bound, with letters after it, and where it may change first. */
interface Counting {
  low: string;
  /** Undefined where only the lower one counts. */
  high: string | undefined;
  text: string;
  start: number;
}

function counted({ low, high: bound, text, start }: Counting, parts: number, rules: TextRules): Counter {
  const high = bound ?? '';
  const isEditable = rules.editable?.(low) ?? (() => true);
  const places: Counter['places'][number][] = [];
  let [from, to, values] = [0, bound === undefined ? 1 : 0, 1];
  let isTight = bound !== undefined;
  let used = low.length;
  for (let at = start; at < text.length && to - from < parts; at++) {
    const place = isEditable(at) ? placeOf(text.charCodeAt(at)) : undefined;
    if (!place) {
      if (isTight && text.charCodeAt(at) < high.charCodeAt(at)) to++;
      isTight &&= text[at] === high[at];
      continue;
    }
    if (values * place.radix > MOST_VALUES) break;
    const most: Most = isTight ? mostAt(place, high.charCodeAt(at), rules.isBytewise) : { index: 0, isTight };
    places.push({ at, place });
    [from, to] = [from * place.radix + place.index, to * place.radix + most.index];
    values *= place.radix;
    isTight = most.isTight;
    used = Math.max(used, at + 1);
  }
  return { text: text.slice(0, used), places: places.reverse(), from, to: Math.max(from, to) };
}

/** How far a place may count up, without that, and whether what comes after it has a bound as well. */
interface Most {
  index: number;
  isTight: boolean;
}

function mostAt(place: Place, code: number, isBytewise: boolean): Most {
  const bound = placeOf(code);
  const isAlike = bound && (bound.kind === place.kind || (!isBytewise && bound.radix === place.radix));
  if (isAlike) return { index: bound.index, isTight: true };
  const isAbove = isBytewise
    ? code >= place.first + place.radix
    : code > LAST_ASCII || (bound?.radix ?? 0) > place.radix;
  return { index: isAbove ? place.radix : 0, isTight: false };
}

function sharedLength(low: string, high: string, isBytewise: boolean): number {
  const [a, b] = isBytewise ? [low, high] : [low.toLowerCase(), high.toLowerCase()];
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return Math.min(length, low.length);
}
