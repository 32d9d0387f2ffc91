import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { shellCommand } from '../format/shell.ts';

const isBuilt = !import.meta.filename.endsWith('.ts');

/**
 * The words before a command: npm's script in a checkout, the `bin` of an installed package.
 *
 * @param file of this module, by its whole path
 */
export function programWords(file: string): string[] {
  if (file.endsWith('.ts')) return ['npm', 'run', 'index-impact', '--'];
  if (file.includes(join(sep, 'node_modules', 'index-impact', sep))) return ['npx', 'index-impact'];
  return ['node', relative('', join(file, '..', '..', 'bin.js'))];
}

/** A line for a shell that runs this program with these words, where it is running now. */
export const programCommand = (...words: string[]): string =>
  shellCommand([...programWords(import.meta.filename), ...words]);

/** The compiled sources are in dist/, one level below the package. */
const PACKAGE = new URL(isBuilt ? '../../../package.json' : '../../package.json', import.meta.url);

export const { version: VERSION } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
