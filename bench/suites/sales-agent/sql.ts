import { readFileSync } from 'node:fs';

/** The statement of a file beside this module, without the final semicolon. */
export const sql = (path: string): string =>
  readFileSync(new URL(path, import.meta.url), 'utf8')
    .trim()
    .replace(/;$/, '');
