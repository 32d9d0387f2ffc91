import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'libpg-query';
import { RunError } from '../model/errors.ts';

/** SQL and the place it came from, for messages. */
export interface SqlFile {
  /** Relative to the working directory where that is shorter. */
  path: string;
  text: string;
}

/** One statement of a file; `offset` is where `text` begins in the file, in UTF-16 units. */
export interface SqlStatement {
  text: string;
  offset: number;
}

export async function readSqlFile(location: string | URL): Promise<SqlFile> {
  const path = typeof location === 'string' ? location : fileURLToPath(location);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new RunError(`The SQL file ${path} cannot be read`, { detail: (cause as Error).message, cause });
  });
  const shorter = relative(process.cwd(), path);
  return { path: shorter.startsWith('..') ? path : shorter, text };
}

/**
 * Splits a file with PostgreSQL's own parser (libpg_query). A file that it cannot parse comes back whole, as
 * one statement: the server is the judge of what it accepts, and its error names the place.
 */
export async function statementsOf(file: SqlFile): Promise<SqlStatement[]> {
  const whole = [{ text: file.text, offset: 0 }];
  const parsed = await parse(file.text).catch(() => undefined);
  if (!parsed) return whole;
  const bytes = Buffer.from(file.text);
  return (parsed.stmts ?? []).map(({ stmt_location: start = 0, stmt_len: length }) => {
    const raw = bytes.subarray(start, length ? start + length : undefined).toString();
    const text = raw.trimStart();
    return { text, offset: bytes.subarray(0, start).toString().length + raw.length - text.length };
  });
}
