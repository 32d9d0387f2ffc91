import { appendFile, copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError, UsageError } from '../model/errors.ts';
import { plainText } from '../model/plain-text.ts';
import { HistoryEntry } from '../model/night.ts';

const journalIn = (directory: string): string => join(directory, 'history.jsonl');

/**
 * Every night and acceptance of a history, oldest first; none where there is no history yet.
 *
 * @throws UsageError naming the lines that are none
 */
export async function readHistory(directory: string): Promise<HistoryEntry[]> {
  const path = journalIn(directory);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw new UsageError([`--history: ${path} cannot be read: ${message}`]);
  });
  return parseHistory(text, path);
}

/**
 * The entries in the text of a history.
 *
 * @throws UsageError naming the lines that are none
 */
export function parseHistory(text: string, path: string): HistoryEntry[] {
  const parsed = text.split('\n').map((line, position) => parseLine(line, `${path}:${position + 1}`));
  const problems = parsed.flatMap((line) => ('problem' in line ? [line.problem] : []));
  if (problems.length > 0) throw new UsageError(problems.slice(0, 10));
  return parsed.flatMap((line) => ('entry' in line ? [line.entry] : []));
}

function parseLine(line: string, place: string): { entry: HistoryEntry } | { problem: string } | object {
  if (line.trim() === '') return {};
  try {
    const parsed = HistoryEntry.safeParse(JSON.parse(line));
    if (parsed.success) return { entry: parsed.data };
    const [issue] = parsed.error.issues;
    return { problem: plainText(`${place}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`) };
  } catch {
    return { problem: `${place}: not a line of a history; what was being written may have been cut off` };
  }
}

/** Adds a line at the end, in one write. */
export async function appendToHistory(directory: string, entry: HistoryEntry): Promise<void> {
  await writing(directory, () => appendFile(journalIn(directory), `${JSON.stringify(entry)}\n`));
}

/** Keeps the whole result that a night was made from. */
export async function keepResult(directory: string, run: string, path: string): Promise<void> {
  const results = join(directory, 'results');
  await writing(results, () => copyFile(path, join(results, `${run}.json`)));
}

async function writing(directory: string, write: () => Promise<void>): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await write();
  } catch (cause) {
    throw new RunError(`the history in ${directory} cannot be written`, {
      detail: (cause as Error).message,
      remedy: 'Free space, or name another directory with --history.',
      cause,
    });
  }
}
