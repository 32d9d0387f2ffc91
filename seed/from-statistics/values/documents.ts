import { roomBetween, textBetween } from './text-between.ts';
import { BYTEWISE } from './text-order.ts';
import { words } from './texts.ts';
import type { ValueKind } from './value-kind.ts';

/** Letters and digits inside of the strings of a JSON document that are values, and digits after the first of a number. */
function editableInJson(json: string): (at: number) => boolean {
  const editable = new Uint8Array(json.length);
  const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d+/g;
  for (let token = tokens.exec(json); token; token = tokens.exec(json)) {
    const [text, isKey] = token;
    if (isKey !== undefined) continue;
    const isString = text.startsWith('"');
    const last = token.index + text.length - (isString ? 1 : 0);
    for (let at = token.index + (text.startsWith('-') ? 2 : 1); at < last; at++) editable[at] = 1;
    if (isString)
      for (const escape of text.matchAll(/\\(u.{4}|.)/g))
        editable.fill(0, token.index + escape.index, token.index + escape.index + escape[0].length);
  }
  return (at) => editable[at] === 1;
}

/** What stands around the text of a document of which nothing else is known. */
const AROUND = '{"text": ""}'.length;

/** json and jsonb. Documents between two bounds have the shape of the lower one. */
export function documents(bytes: number, key: number): ValueKind {
  const any = (nth: number): string =>
    `{"text": "${words(Math.max(1, Math.round(bytes) - AROUND), key, nth)}"}`;
  const rules = { editable: editableInJson, longest: 0, isBytewise: true };
  return {
    compare: BYTEWISE.compare,
    room: (low, high) => roomBetween(low, high, rules),
    between: (low, high, parts) => textBetween(low, high, parts, rules),
    after: (_high, nth) => any(nth),
    any,
  };
}
