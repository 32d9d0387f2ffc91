import type { Result } from '../model/result.ts';
import { renderDigest } from '../report/formats/terminal/digest/digest.ts';
import { renderTerminal } from '../report/formats/terminal/terminal.ts';
import { appearance, type Io } from './io.ts';

/** A result as stdout shows it: what the verdict rests on, or the whole report under --verbose. */
export const resultText = (result: Result, { verbose }: { verbose: boolean }, io: Io): string =>
  (verbose ? renderTerminal : renderDigest)(result, appearance(io.stdout, io.env));
