import { statSync } from 'node:fs';

/** What cannot be looked at, such as a name with a NUL or one that is too long, is no file either. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
