import { execFileSync } from 'node:child_process';
import { RunError } from '../../model/errors.ts';
import { refuseUnlessInstalled } from './server-binaries.ts';

/**
 * What is missing of these majors, as a user is told it; undefined when all are there. With ADD_MAJORS they are added
 * first as a user would, by the command that the error names: it takes a registry of packages.
 */
export function missingMajors(majors: readonly number[]): RunError | undefined {
  const missing = refusal(majors);
  const command = missing?.remedy?.split('\n').at(-1);
  if (!process.env.ADD_MAJORS || command === undefined) return missing;
  execFileSync('sh', ['-c', command], { stdio: 'ignore' });
  return refusal(majors);
}

function refusal(majors: readonly number[]): RunError | undefined {
  try {
    refuseUnlessInstalled(majors);
    return undefined;
  } catch (error) {
    if (error instanceof RunError) return error;
    throw error;
  }
}
