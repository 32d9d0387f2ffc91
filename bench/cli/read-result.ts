import { readFile } from 'node:fs/promises';
import { UsageError } from '../model/errors.ts';
import type { Result } from '../model/result.ts';
import { parseResult } from '../report/result-file.ts';

/** @throws UsageError when the file cannot be read, or holds no result */
export async function readResult(command: string, file: string): Promise<Result> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError([`${command} ${file}: the file cannot be read: ${(cause as Error).message}`]);
  });
  return parseResult(text, file);
}
