/** Changes a part of a text in its place. */
export type ReplaceIn = (bytes: Buffer, start: number, end: number) => void;

const [BACKSLASH, QUOTE, COLON, SPACE] = [0x5c, 0x22, 0x3a, 0x20] as const;

/** Escapes of COPY stay: a backslash with a character. */
export function betweenEscapes(bytes: Buffer, start: number, end: number, replace: ReplaceIn): void {
  let begin = start;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== BACKSLASH) continue;
    replace(bytes, begin, at);
    begin = at + 2;
    at = begin - 1;
  }
  replace(bytes, begin, end);
}

/** The strings of a JSON document, without its keys. */
export function inJsonStrings(bytes: Buffer, start: number, end: number, replace: ReplaceIn): void {
  for (let at = start; at < end; at++) {
    if (bytes[at] !== QUOTE) continue;
    const begin = at + 1;
    for (at = begin; at < end && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
    if (!isKey(bytes, at + 1, end)) replace(bytes, begin, at);
  }
}

/** Only `json` has spaces before a colon. */
function isKey(bytes: Buffer, after: number, end: number): boolean {
  let at = after;
  while (at < end && (bytes[at] ?? 0) <= SPACE) at++;
  return at < end && bytes[at] === COLON;
}
