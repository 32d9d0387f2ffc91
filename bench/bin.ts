#!/usr/bin/env node
import { askAt } from './cli/ask.ts';
import { interruptedBySignals } from './cli/interruption.ts';
import { watchForStrayEnds } from './cli/stray-ends.ts';
import { outliveTerminals, terminals } from './cli/terminals.ts';
import { run } from './main.ts';

const { stdin, stdout, stderr, env } = process;

outliveTerminals();
const interruption = interruptedBySignals(terminals.length > 0, stderr);
const over = watchForStrayEnds(interruption, stderr);

const exitCode = await run(process.argv.slice(2), {
  stdout,
  stderr,
  env,
  signal: interruption.signal,
  ask: stdin.isTTY && stderr.isTTY ? askAt(stdin, stderr, interruption) : undefined,
});
over();
// A suite may have started something that would keep the process alive.
process.exit(exitCode);
