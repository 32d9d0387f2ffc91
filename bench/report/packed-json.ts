import { z } from 'zod';
import { fileProblem } from '../system/untrusted-json.ts';

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A part of {@link PackedJson}. */
export type PackedPart = null | boolean | number | string | readonly PackedPart[];

/** A list has this where an object has the number of its shape. */
const LIST = -1;

const PackedPart: z.ZodType<PackedPart> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(PackedPart).min(1)]),
);

/** JSON in which everything that repeats is written once. */
export const PackedJson = z
  .strictObject({
    shapes: z.array(z.array(z.string())),
    dictionary: z.array(PackedPart),
    value: PackedPart,
  })
  .describe(
    'An object is [n, ...values], whose keys are shapes[n]; a list is [-1, ...items]. The text "#n" stands for ' +
      'dictionary[n], which refers to earlier entries only; any other text that begins with # has one more # before it.',
  );
export type PackedJson = z.infer<typeof PackedJson>;

/** In characters: for a shorter text, a reference saves nothing. */
const WORTH_A_REFERENCE = 8;

/** The same value: each set of keys and each repeated part is written once. */
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

/** The text of every part that occurs more than once. Parts inside such a part are counted once with it. */
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

/** In characters: entries that refer to entries can expand a small file beyond any memory. */
const MOST_CHARACTERS = 64e6;

/**
 * The value that was packed.
 *
 * @param path of the file, for messages
 * @throws UsageError when a referenced shape or entry is missing, or the value is too large
 */
export function unpackJson({ shapes, dictionary, value }: PackedJson, path: string): Json {
  const entries: { value: Json; characters: number }[] = [];
  let characters = 0;
  const count = (more: number): void => {
    characters += more;
    if (characters > MOST_CHARACTERS)
      throw fileProblem(path, `packed: unpacks to over ${MOST_CHARACTERS / 1e6} MB`);
  };

  const unpack = (part: PackedPart): Json => {
    if (typeof part === 'string') return unpackText(part);
    count(1);
    return typeof part === 'object' && part !== null ? unpackObject(part) : part;
  };
  const unpackText = (text: string): Json => {
    if (!/^#(?!#)/.test(text)) {
      count(text.length);
      return text.startsWith('#') ? text.slice(1) : text;
    }
    const entry = entries[Number.parseInt(text.slice(1), 10)];
    if (!entry) throw fileProblem(path, `packed: ${text} is no earlier entry of the dictionary`);
    count(entry.characters);
    return entry.value;
  };
  const unpackObject = ([shape, ...values]: readonly PackedPart[]): Json => {
    if (shape === LIST) return values.map(unpack);
    const keys = typeof shape === 'number' ? shapes[shape] : undefined;
    if (keys?.length !== values.length)
      throw fileProblem(path, `packed: there is no shape ${JSON.stringify(shape)} of ${values.length} keys`);
    return Object.fromEntries(values.map((part, index) => [keys[index] ?? '', unpack(part)]));
  };

  for (const part of dictionary) {
    const before = characters;
    const unpacked = unpack(part);
    entries.push({ value: unpacked, characters: characters - before });
  }
  return unpack(value);
}
