/** One message of PostgreSQL's log. */
export interface LogEntry {
  message: string;
  /** Empty where there is none. */
  detail: string;
}

/** Of csvlog (PostgreSQL manual, 19.8.4): the message is column 14, its detail column 15. */
const MESSAGE = 13;

export const csvLogEntries = (text: string): LogEntry[] =>
  csvRows(text).map((row) => ({ message: row[MESSAGE] ?? '', detail: row[MESSAGE + 1] ?? '' }));

/** Fields in double quotes may hold commas, line breaks and doubled quotes. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end = ''] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\r?\n|$)/g,
  )) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end.endsWith('\n')) rows.push([]);
  }
  return rows;
}

/** Where a message of the text log begins, after whatever log_line_prefix puts before it. */
const BEGIN =
  /(?:^|[^\t])\b(LOG|DETAIL|STATEMENT|HINT|CONTEXT|QUERY|LOCATION|ERROR|WARNING|NOTICE|INFO|FATAL|PANIC|DEBUG\d?): {2}(.*)$/;

/** Lines that begin with a tab continue the one before. */
export function textLogEntries(text: string): LogEntry[] {
  const entries: LogEntry[] = [];
  let field: 'message' | 'detail' | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, kind, rest = ''] = line.startsWith('\t') ? [] : (BEGIN.exec(line) ?? []);
    const last = entries.at(-1);
    if (kind === 'LOG') {
      entries.push({ message: rest, detail: '' });
      field = 'message';
    } else if (kind !== undefined) {
      field = kind === 'DETAIL' ? 'detail' : undefined;
      if (last && field === 'detail') last.detail = rest;
    } else if (last && field) last[field] += `\n${line.replace(/^\t/, '')}`;
  }
  return entries;
}
