import { mkdir, readdir } from 'node:fs/promises';
import { ExitCode, Interrupted, UsageError } from '../bench/model/errors.ts';
import { COMMAND, requestOf, type Request } from './qualify-repeat/arguments.ts';
import { besideNeighbour } from './qualify-repeat/beside-neighbour.ts';
import { judgedAgain } from './qualify-repeat/judged-again.ts';
import { keptResults } from './qualify-repeat/kept-results.ts';
import { renderRepeatability } from './qualify-repeat/render.ts';
import { repeatabilityOf } from './qualify-repeat/repeatability.ts';
import { makeRuns } from './qualify-repeat/series.ts';
import { asProgram } from './as-program.ts';

/**
 * Shows whether the next run confirms the last one: makes runs in a row and counts how often the point of one lies in
 * the interval of another. `npm run qualify:repeat -- [--runs 10] [--disturb] [--out DIR] [flags of run]`, or
 * `--analyse DIR` for runs that are there. Ends with 1 when the demanded shares are not met.
 */
async function main(argv: readonly string[]): Promise<number> {
  const request = requestOf(argv, new Date());
  if (request.state === 'measure') await measure(request, interruption());
  const results = (await keptResults(request.directory)).map(judgedAgain);
  const found = repeatabilityOf(results, request.isDisturbed);
  process.stdout.write(renderRepeatability(found));
  return found.problems.length === 0 ? ExitCode.done : ExitCode.gateFailed;
}

async function measure(
  { directory, isDisturbed, runs, flags }: Extract<Request, { state: 'measure' }>,
  signal: AbortSignal,
): Promise<void> {
  await makeEmpty(directory);
  const tell = (ordinal: number): void => {
    process.stderr.write(`run ${ordinal} of ${runs}, into ${directory}\n`);
  };
  const makeAll = (): Promise<void> => makeRuns(runs, [...flags, '--out', directory], signal, tell);
  await (isDisturbed ? besideNeighbour(makeAll) : makeAll());
}

/** Runs of another time would be counted among these. */
async function makeEmpty(directory: string): Promise<void> {
  const entries = await mkdir(directory, { recursive: true })
    .then(() => readdir(directory))
    .catch((error: unknown) => {
      throw new UsageError([`${COMMAND} --out: ${directory} cannot be made: ${(error as Error).message}`]);
    });
  if (entries.length > 0)
    throw new UsageError([
      `${COMMAND} --out: ${directory} is not empty; name another, or read it with --analyse`,
    ]);
}

/** The run that is being made ends in its own order, and its server with it: this waits for it. */
function interruption(): AbortSignal {
  const ending = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP'] as const)
    process.on(name, () => {
      ending.abort(new Interrupted(name));
    });
  return ending.signal;
}

await asProgram(() => main(process.argv.slice(2)));
