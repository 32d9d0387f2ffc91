import { fstatSync, writeSync } from 'node:fs';
import { RunError } from '../model/errors.ts';
import type { Io, Output } from './io.ts';
import { isGone } from './terminals.ts';

/**
 * Writes what a command has to say to stdout, all of it. A reader that has gone is no failure.
 *
 * @throws RunError when stdout takes only a part, or nothing
 */
export async function print({ stdout }: Pick<Io, 'stdout'>, text: string): Promise<void> {
  const descriptor = fileBehind(stdout);
  try {
    if (descriptor === undefined) await toStream(stdout, text);
    else toFile(descriptor, Buffer.from(text));
  } catch (cause) {
    if (isGone(cause)) return;
    throw new RunError(`stdout could not be written: ${(cause as Error).message}`, {
      remedy: 'What is there is not all of it: make room, or send it elsewhere.',
      cause,
    });
  }
}

/** The descriptor of a file or a device; undefined for a pipe, a terminal, and a stream of the program's own. */
function fileBehind({ fd, isTTY }: Output): number | undefined {
  if (fd === undefined || isTTY === true) return undefined;
  const found = fstatSync(fd);
  return found.isFile() || found.isCharacterDevice() ? fd : undefined;
}

/** A disk that gets full takes a part without an error: Node's own stream would leave it at that. */
function toFile(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

const toStream = (output: Output, text: string): Promise<void> =>
  new Promise((written, failed) => {
    output.write(text, (error) => {
      if (error) failed(error);
      else written();
    });
  });
