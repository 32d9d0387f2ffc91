import { UsageError } from '../model/errors.ts';
import { HistoryEntry, type Night } from '../model/night.ts';
import { plainText } from '../format/plain-text.ts';

/** The contents of a history's text: one entry a line, oldest first. */
export interface Journal {
  entries: readonly HistoryEntry[];
  /** The lines of the entries. */
  texts: ReadonlyMap<HistoryEntry, string>;
  /** The text after the last line end that is no entry: a line that was cut off while it was written. */
  cutOff: { text: string; line: number } | undefined;
}

/**
 * Reads the text of a history. A last line without a line end counts if it is an entry.
 *
 * @param path of the file, for messages
 * @throws UsageError naming the damaged lines, and what to do about them
 */
export function parseJournal(text: string, path: string): Journal {
  const lines = text.split('\n').map((line, position) => parseLine(line, `${path}:${position + 1}`));
  const last = lines.at(-1);
  const cutOff = last?.state === 'not JSON' ? { text: last.text, line: lines.length } : undefined;
  refuseDamaged(cutOff ? lines.slice(0, -1) : lines, path);
  const texts = new Map(lines.flatMap((line) => (line.state === 'entry' ? [[line.entry, line.text]] : [])));
  return { entries: [...texts.keys()], texts, cutOff };
}

/** The text of a history with these entries; existing lines are kept as they were. */
export const journalText = (entries: readonly HistoryEntry[], texts: Journal['texts']): string =>
  entries.map((entry) => `${texts.get(entry) ?? JSON.stringify(entry)}\n`).join('');

type Line =
  | { state: 'entry'; entry: HistoryEntry; text: string }
  | { state: 'empty' }
  | { state: 'not JSON'; text: string; problem: string }
  | { state: 'not an entry'; problem: string };

function parseLine(text: string, place: string): Line {
  if (text.trim() === '') return { state: 'empty' };
  try {
    const parsed = HistoryEntry.safeParse(JSON.parse(text));
    if (parsed.success) return { state: 'entry', entry: parsed.data, text };
    const [issue] = parsed.error.issues;
    const problem = plainText(`${place}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
    return { state: 'not an entry', problem };
  } catch {
    const problem = `${place}: not a line of a history; it may have been cut off while it was written`;
    return { state: 'not JSON', text, problem };
  }
}

const MOST_PROBLEMS = 10;

function refuseDamaged(lines: readonly Line[], path: string): void {
  const problems = lines.flatMap((line) => ('problem' in line ? [line.problem] : []));
  if (problems.length === 0) return;
  const remedy = `${path}: keep a copy, then remove each line named above; a night whose result is in results/ is restored`;
  throw new UsageError([...problems.slice(0, MOST_PROBLEMS), remedy]);
}

/** The entries with this night: at the end, or replacing the entry of the same run. */
export function withNight(entries: readonly HistoryEntry[], night: Night): HistoryEntry[] {
  const known = entries.findIndex(({ kind, run }) => kind === 'night' && run === night.run);
  return known < 0 ? [...entries, night] : entries.with(known, night);
}

/** The entries with a night whose line is missing: before its acceptance and before later nights. */
export function withMissing(entries: readonly HistoryEntry[], night: Night): HistoryEntry[] {
  const isAfter = (entry: HistoryEntry): boolean =>
    entry.run === night.run ||
    (entry.kind === 'night' && Date.parse(entry.startedAt) > Date.parse(night.startedAt));
  const position = entries.findIndex(isAfter);
  return entries.toSpliced(position < 0 ? entries.length : position, 0, night);
}
