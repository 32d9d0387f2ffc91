import { bytes, count, counted } from '../../format/quantity.ts';
import { plainText, shortened } from '../../format/plain-text.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';
import { columnsKnown } from './take-snapshot.ts';

const MOST_LINES = 12;

/** For people: what a snapshot holds, what of it is in clear, and what is not known. */
export function summaryText(
  { tables, fanOuts, statements, redacted, unknown }: Snapshot,
  written: { out: string | undefined; bytes: number },
): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const planned = statements.filter(({ plan }) => plan).length;
  const lines = [
    field('Written', `${written.out ?? 'to stdout'}, ${bytes(written.bytes)}`),
    field('Tables', `${count(tables.length)}, about ${count(rows)} rows`),
    field(
      'Statistics',
      `of ${counted(columnsKnown(tables), 'column')}, and ${counted(fanOuts.length, 'foreign key')}`,
    ),
    field('Statements', `${count(statements.length)}, ${count(planned)} of them with their plan`),
    ...(redacted
      ? noted('In clear', redacted.kept)
      : [field('In clear', 'everything: texts of rows, too (--no-redact)')]),
    ...noted('Unknown', unknown),
  ];
  return `\n${lines.map((line) => plainText(line)).join('\n')}\n`;
}

const field = (name: string, text: string): string => `      ${name.padEnd(12)}${text}`;

/** At most a few; the file has all. */
function noted(name: string, all: readonly LeftOut[]): string[] {
  const shown = all.slice(0, MOST_LINES).map(({ object, reason }) => shortened(`${object}: ${reason}`, 200));
  const rest = all.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more; the file names them`] : [])].map((line, at) =>
    field(at === 0 ? name : '', line),
  );
}
