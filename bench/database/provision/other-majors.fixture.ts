import { execFileSync } from 'node:child_process';
import { RunError } from '../../model/errors.ts';
import { refuseUnlessInstalled } from './server-binaries.ts';

/** What is missing of these majors, as a user is told it; undefined when all are there. */
export function missingMajors(majors: readonly number[]): RunError | undefined {
  try {
    refuseUnlessInstalled(majors);
    return undefined;
  } catch (error) {
    if (error instanceof RunError) return error;
    throw error;
  }
}

/** Adds what is missing of them as a user would: by the command that the error names. */
export function addMajors(majors: readonly number[]): void {
  const command = missingMajors(majors)?.remedy?.split('\n').at(-1);
  if (command !== undefined) execFileSync('sh', ['-c', command], { stdio: 'ignore' });
}
