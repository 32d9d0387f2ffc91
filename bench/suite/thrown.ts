import { readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { placeIn } from '../format/place-in-text.ts';
import { shownPath } from '../system/named-file.ts';

/** What something that was thrown says of itself; a module may throw anything, also what has no text. */
export function reasonOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return 'it threw something that cannot be shown';
  }
}

/** jiti's words for what does not parse: `ParseError: <reason> \n <file>:<line>:<column>`, the column from 0. */
const UNPARSED = /^\w+: (?<reason>.*?)\.?\s+\n (?<file>.*):(?<line>\d+):(?<column>\d+)$/s;

/** A call of what another module exports, as jiti compiles it and an error repeats it. */
const IMPORTED = /\(0 ?, \w+\.(\w+)\)/g;

/** Node's list of the modules that led to one that is missing: the place names the last of them. */
const REQUIRED_BY = /\nRequire stack:\n.*$/s;

/** Why a module of this folder cannot be loaded: file and line, with column and caret where it does not parse. */
export function failureIn(folder: string, thrown: unknown): string {
  const text = reasonOf(thrown);
  const { reason = '', file, line, column } = UNPARSED.exec(text)?.groups ?? {};
  if (file !== undefined) return unparsed(reason, file, { line: Number(line), column: Number(column) });
  const plain = text.replace(REQUIRED_BY, '').replaceAll(IMPORTED, '$1');
  const place = lastPlaceIn(folder, thrown);
  return place === undefined ? plain : `${shownPath(place)}: ${plain}`;
}

/** @param at line from 1, column from 0, in UTF-16 units */
function unparsed(reason: string, file: string, at: { line: number; column: number }): string {
  const source = readFileSync(file, 'utf8');
  const before = source.split('\n', at.line - 1);
  const offset = before.reduce((sum, { length }) => sum + length + 1, at.column);
  const { line, column, excerpt } = placeIn(source, offset);
  return `${shownPath(file)}:${line}:${column}: ${reason}\n${excerpt}`;
}

/** File and line, without the column: that is one of the compiled text. */
function lastPlaceIn(folder: string, thrown: unknown): string | undefined {
  const call = callsOf(thrown).find((line) => line.includes(`${folder}${sep}`));
  return call && /^(?<place>.*):\d+\)?$/.exec(call.slice(call.indexOf(folder)))?.groups?.place;
}

/** The calls that led to it, the last first; none of what has no stack that can be read. */
function callsOf(thrown: unknown): string[] {
  try {
    const { stack } = thrown as { stack?: unknown };
    return String(stack)
      .split('\n')
      .filter((line) => /^ +at /.test(line));
  } catch {
    return [];
  }
}
