import { shellCommand } from './shell.ts';

/** What is typed before a command: npm's script in a checkout, the `bin` where the package is installed. */
const PROGRAM = import.meta.filename.endsWith('.ts')
  ? ['npm', 'run', 'index-impact', '--']
  : ['index-impact'];

/** A line for a shell that runs this program with these words. */
export const programCommand = (...words: string[]): string => shellCommand([...PROGRAM, ...words]);
