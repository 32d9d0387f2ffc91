#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { run } from './main.ts';
import { Interrupted } from './model/errors.ts';

const { stdin, stdout, stderr, env } = process;
const isAttended = stdin.isTTY && stderr.isTTY;

const interruption = new AbortController();
/** Its terminal going away ends a run that somebody watches; one started by nohup has no terminal, and goes on. */
const signals = ['SIGINT', 'SIGTERM', ...(isAttended ? (['SIGHUP'] as const) : [])] as const;
for (const signal of signals) {
  process.on(signal, () => {
    interruption.abort(new Interrupted(signal));
  });
}

/** A pipe that nobody reads any more, and a terminal that is closed. */
const GONE = ['EPIPE', 'EIO'];
for (const stream of [stdout, stderr]) {
  // Whoever read our output may stop reading; what is under way is finished all the same.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!GONE.includes(error.code ?? '')) throw error;
  });
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    return await terminal.question(question, { signal: interruption.signal });
  } finally {
    terminal.close();
  }
}

process.exitCode = await run(process.argv.slice(2), {
  ...{ stdout, stderr, env, signal: interruption.signal },
  ask: isAttended ? ask : undefined,
});
