import { readFileSync } from 'node:fs';
import { shellCommand } from '../format/shell.ts';

const isInstalled = !import.meta.filename.endsWith('.ts');

/** What is typed before a command: npm's script in a checkout, the `bin` where the package is installed. */
const PROGRAM = isInstalled ? ['index-impact'] : ['npm', 'run', 'index-impact', '--'];

/** A line for a shell that runs this program with these words. */
export const programCommand = (...words: string[]): string => shellCommand([...PROGRAM, ...words]);

/** The package lies one level higher than its sources when they are compiled into dist/. */
const PACKAGE = new URL(isInstalled ? '../../../package.json' : '../../package.json', import.meta.url);

export const { version: VERSION } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
