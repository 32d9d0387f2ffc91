import { fileProblem } from '../../system/untrusted-json.ts';
import { LIST, type Json, type PackedJson, type PackedPart } from './packed-json.ts';

/** In characters: entries that refer to entries can make a small file larger than any memory. */
const MOST_CHARACTERS = 64e6;

/**
 * The value that was packed.
 *
 * @param path of the file, for messages
 * @throws UsageError when a shape or an entry that is referred to is missing, or the value is too large
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
