import { Writable } from 'node:stream';
import type { ProgressStream } from './stream.ts';

/** A stream that records its output; with columns it is a terminal. */
export function fakeStream(columns?: number): ProgressStream & { text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  return Object.assign(stream, {
    ...(columns !== undefined && { isTTY: true, columns }),
    text: () => chunks.join(''),
  });
}

/**
 * The screen of a terminal after this text. Knows the sequences of one-line updates: cursor up, cursor to the first
 * column, erase the line. Throws on any other.
 */
export function screenOf(text: string): string[] {
  const lines = [''];
  let row = 0;
  for (const token of text.match(/\u001b\[[?\d;]*[A-Za-z]|\n|[^\u001b\n]+/g) ?? []) {
    if (token === '\n') {
      row += 1;
      lines[row] ??= '';
    } else if (!token.startsWith('\u001b')) lines[row] = (lines[row] ?? '') + token;
    else if (token === '\u001b[1A') row -= 1;
    else if (token === '\u001b[2K') lines[row] = '';
    else if (token !== '\u001b[G' && !token.startsWith('\u001b[?2026'))
      throw new Error(`unknown: ${JSON.stringify(token)}`);
  }
  return lines;
}
