import { LIST, type Json, type PackedJson, type PackedPart } from './packed-json.ts';

/** In characters: a reference to something shorter saves nothing. */
const WORTH_A_REFERENCE = 8;

/** The same value with each set of keys, and each part that repeats, written once. */
export function packJson(value: Json): PackedJson {
  const { shapes, shaped } = withShapes(value);
  return { shapes, ...withDictionary(shaped) };
}

function withShapes(whole: Json): { shapes: string[][]; shaped: PackedPart } {
  const numbers = new Map<string, number>();
  const numberOf = (keys: readonly string[]): number => {
    const text = JSON.stringify(keys);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  const shape = (value: Json): PackedPart => {
    if (typeof value === 'string') return value.startsWith('#') ? `#${value}` : value;
    if (typeof value !== 'object' || value === null) return value;
    if (isList(value)) return [LIST, ...value.map(shape)];
    return [numberOf(Object.keys(value)), ...Object.values(value).map(shape)];
  };
  const shaped = shape(whole);
  return { shapes: [...numbers.keys()].map((text) => JSON.parse(text) as string[]), shaped };
}

function withDictionary(whole: PackedPart): Pick<PackedJson, 'dictionary' | 'value'> {
  const repeated = repeatedIn(whole);
  const dictionary: PackedPart[] = [];
  const places = new Map<string, number>();
  const write = (part: PackedPart): PackedPart => {
    const text = JSON.stringify(part);
    if (!repeated.has(text)) return writeWithin(part);
    const place = places.get(text) ?? dictionary.push(writeWithin(part)) - 1;
    places.set(text, place);
    return `#${place}`;
  };
  const writeWithin = (part: PackedPart): PackedPart =>
    typeof part === 'object' && part !== null ? part.map(write) : part;
  return { value: write(whole), dictionary };
}

/** The text of every part that is met more than once. What is within such a part is met once with it. */
function repeatedIn(whole: PackedPart): ReadonlySet<string> {
  const met = new Set<string>();
  const repeated = new Set<string>();
  const meet = (part: PackedPart): void => {
    const text = JSON.stringify(part);
    if (text.length < WORTH_A_REFERENCE || typeof part === 'number') return;
    if (met.has(text)) repeated.add(text);
    else if (typeof part === 'object' && part !== null) part.forEach(meet);
    met.add(text);
  };
  meet(whole);
  return repeated;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
