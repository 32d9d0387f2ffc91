#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { run } from './main.ts';
import { Interrupted } from './model/errors.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interruption.abort(new Interrupted(signal));
  });
}

const { stdin, stdout, stderr, env } = process;
const isAttended = stdin.isTTY && stderr.isTTY;
for (const stream of [stdout, stderr]) {
  // Whoever read our output may stop reading; what is under way is finished all the same.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
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
