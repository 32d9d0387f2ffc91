import type { Result } from '../model/result.ts';
import { renderDigest } from '../report/digest/digest.ts';
import { renderTerminal } from '../report/terminal.ts';
import { appearance, type Io } from './io.ts';

/** A result as stdout shows it: what the verdict rests on, or the whole report under --verbose. */
export const resultText = (result: Result, { verbose }: { verbose: boolean }, io: Io): string =>
  (verbose ? renderTerminal : renderDigest)(result, appearance(io.stdout, io.env));
