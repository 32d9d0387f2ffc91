import { explainFailure } from '../bench/cli/failure.ts';

/** Runs a script: its exit code is the program's, and a failure is explained. */
export async function asProgram(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const { text, exitCode } = explainFailure(error);
    process.stderr.write(text);
    process.exitCode = exitCode;
  }
}
