import { performance } from 'node:perf_hooks';
import { ExitCode, Interrupted, type RunError } from '../model/errors.ts';
import { programCommand } from '../system/program.ts';
import type { Output } from './io.ts';

type EndingSignal = 'SIGINT' | 'SIGTERM' | 'SIGQUIT' | 'SIGHUP';

/** What ends the program before it is done. */
export interface Interruption {
  /** Aborts with an `Interrupted`, or the error, as its reason. */
  signal: AbortSignal;
  /** Does what the arrival of this signal does. */
  interrupt: (signal: EndingSignal) => void;
  /** Ends the program because of an error that nothing waits for. */
  fail: (error: RunError) => void;
}

/** npm passes a terminal's Ctrl-C on to us, whom the terminal has sent it already: one key press arrives twice. */
const ONE_PRESS_MS = 500;

/**
 * Lets signals end the program: the first one unwinds all scopes, a second one ends the process on the spot, whatever
 * the unwinding waits for.
 *
 * Node resets what it has inherited: where nohup has had SIGHUP ignored, it would be fatal again. What nohup leaves
 * behind is a process none of whose streams is a terminal. Such a one has lost nothing when a terminal is closed.
 *
 * @param isWatched whether one of its streams is a terminal
 */
export function interruptedBySignals(isWatched: boolean, stderr: Output): Interruption {
  const unwinding = new AbortController();
  let firstAt: number | undefined;
  const interrupt = (signal: EndingSignal): void => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      unwinding.abort(new Interrupted(signal));
      if (isWatched) stderr.write(UNWINDING);
    } else if (hastens(signal, performance.now() - firstAt)) {
      stderr.write(LEFT);
      process.exit(ExitCode.interrupted);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGQUIT'] as const) process.on(signal, interrupt);
  process.on('SIGHUP', isWatched ? interrupt : () => undefined);
  const fail = (error: RunError): void => {
    unwinding.abort(error);
  };
  return { signal: unwinding.signal, interrupt, fail };
}

/** A terminal that is closed sends SIGHUP more than once, and also to what Ctrl-C is ending: nobody is in a hurry. */
const hastens = (signal: EndingSignal, sinceFirstMs: number): boolean =>
  signal !== 'SIGHUP' && sinceFirstMs > ONE_PRESS_MS;

const UNWINDING = '\nindex-impact: ending, and removing what was made; a second Ctrl-C ends at once\n';

const LEFT = `\nindex-impact: ended at once; "${programCommand('clean')}", with --url for a guest, removes what may be left\n`;
