import { execFile } from 'node:child_process';

/** How git has answered. */
export type GitAnswer =
  | { state: 'done'; out: string }
  /** With what it says of it. */
  | { state: 'refused'; message: string }
  | { state: 'missing' };

/** Of a list of files. */
const MOST_BYTES = 64 * 2 ** 20;

/** Asks git in a directory, without a shell. Nothing that it does here takes a lock of the repository. */
export const askGit = (
  directory: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<GitAnswer> =>
  new Promise((resolve) => {
    const options = {
      maxBuffer: MOST_BYTES,
      env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', ...env },
    };
    execFile('git', ['-C', directory, ...words], options, (error, out, said) => {
      if (!error) resolve({ state: 'done', out });
      else if (error.code === 'ENOENT') resolve({ state: 'missing' });
      else resolve({ state: 'refused', message: firstLine(said) || error.message });
    });
  });

const firstLine = (text: string): string => (/^(?:fatal: |error: )?(.*)/.exec(text)?.[1] ?? '').trim();
