import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { allowedCores, parseCores } from '../bench/measure/pinning.ts';
import { asProgram } from './as-program.ts';

export interface Ended {
  command: string;
  succeeded: boolean;
  /** Of both streams, as it came. */
  output: string;
  durationMs: number;
}

/**
 * Carries out shell commands, some at a time: begins with them in their order, and goes on where one fails. What each says comes
 * in one piece: `node --import ./scripts/typescript.js scripts/together.ts 'npm run check:lint' 'npm run check:types'`
 *
 * @param onEnd gets each as soon as it has ended
 * @returns whether all succeeded
 */
export async function together(
  commands: readonly string[],
  atOnce: number,
  onEnd: (ended: Ended) => void,
): Promise<boolean> {
  const waiting = [...commands];
  let allSucceeded = true;
  const lane = async (place: number): Promise<void> => {
    for (let command = waiting.shift(); command !== undefined; command = waiting.shift()) {
      const ended = await carryOut(command, place);
      allSucceeded &&= ended.succeeded;
      onEnd(ended);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, place) => lane(place)));
  return allSucceeded;
}

async function carryOut(command: string, place: number): Promise<Ended> {
  const began = performance.now();
  const argv = ['-c', `exec ${onCores(place)} sh -c "$1"`, 'sh', command];
  const child = spawn('sh', argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { command, succeeded: code === 0, output, durationMs: performance.now() - began };
}

/** A run in a test measures on the last core that it may use: in each place that is another one. */
function onCores(place: number): string {
  const list = allowedCores(process.pid);
  if (list === undefined) return '';
  const cores = parseCores(list);
  return `taskset -c ${cores.slice(0, cores.length - (place % cores.length)).join()}`;
}

function print({ command, succeeded, output, durationMs }: Ended): void {
  console.log(`${output}${succeeded ? 'ok' : 'failed'}   ${command}   ${(durationMs / 1000).toFixed(1)} s\n`);
}

if (process.argv[1] === import.meta.filename)
  await asProgram(async () =>
    (await together(process.argv.slice(2), availableParallelism(), print)) ? 0 : 1,
  );
