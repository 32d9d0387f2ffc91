import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { isatty } from 'node:tty';

/** Those of the three standard descriptors that were a terminal when the process started. */
export const terminals: readonly number[] = [0, 1, 2].filter(isatty);

/** What is said of a pipe that nobody reads any more, and of a terminal that is closed. */
const GONE = ['EPIPE', 'EIO'];

export const isGone = (error: unknown): boolean => GONE.includes((error as NodeJS.ErrnoException).code ?? '');

/** Whoever reads our output may stop, and a terminal may be closed: what is under way is finished all the same. */
export function outliveTerminals(): void {
  for (const stream of [process.stdin, process.stdout, process.stderr]) {
    stream.on('error', (error: Error) => {
      if (!isGone(error)) throw error;
    });
  }
  process.on('exit', replaceClosedTerminals);
}

/**
 * Node gives a terminal its settings back when it exits, and aborts where that terminal is gone (nodejs/node#58200,
 * mended after 20). It does nothing to a descriptor that has become another file meanwhile.
 */
function replaceClosedTerminals(): void {
  for (const descriptor of terminals.filter((one) => !isatty(one))) {
    closeSync(descriptor);
    openSync(devNull, 'r+');
  }
}
