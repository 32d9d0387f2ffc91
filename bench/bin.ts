#!/usr/bin/env node
import { run } from './main.ts';
import { Interrupted } from './model/errors.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interruption.abort(new Interrupted(signal));
  });
}

const { stdout, stderr, env } = process;
for (const stream of [stdout, stderr]) {
  // Whoever read our output may stop reading; what is under way is finished all the same.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), { stdout, stderr, env, signal: interruption.signal });
