import { fileURLToPath } from 'node:url';

/** Where a file of a suite lies: a file URL or an absolute path. */
export type FileLocation = URL | string;

export const pathOf = (location: FileLocation): string =>
  typeof location === 'string' ? location : fileURLToPath(location);
