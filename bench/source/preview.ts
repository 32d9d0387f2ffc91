import { countedOver } from '../format/counted-over.ts';
import { bytes, count, counted, percentText } from '../format/quantity.ts';
import { plainText, shortened } from '../format/plain-text.ts';
import { isSameLocale, localeText, UNLIKE_LOCALE } from '../format/locale.ts';
import { searchPathText } from '../format/search-path.ts';
import { dumpedText, snapshotText } from '../format/source-origin.ts';
import { OF_STANDBY } from '../format/standby.ts';
import type { Locale } from '../model/locale.ts';
import { parseRelation } from '../model/relation.ts';
import { isUsual, type LeftOut } from '../model/source.ts';
import { measuredShare, statementCounts, type Inspection } from './inspection.ts';
import type { LeftOutStatement } from './statements/source-statement.ts';

/** What somebody decides by, before any row is copied. */
export interface Preview {
  inspection: Inspection;
  candidate: string;
  /** The place of the candidate in its folder; undefined where it is a file by itself. */
  folder: string | undefined;
  /** What the rebuilt schema does not have, or has otherwise. */
  leftOut: readonly LeftOut[];
  /** Rows that are made from statistics; undefined where they are copied. */
  madeRows: number | undefined;
  /** Where it is measured: `embedded PostgreSQL 15`. */
  measuredOn: string;
  /** Of the databases there. */
  measuredLocale: Locale;
  minutes: number;
}

const MOST_LINES = 8;

/** One screen of so many columns: what will be copied and measured, and what will not. */
export function previewText(
  { inspection, candidate, folder, leftOut, madeRows, measuredOn, measuredLocale, minutes }: Preview,
  columns: number,
): string {
  const { source, schema, searchPath, touched, emptyTables, sample } = inspection;
  const lines = [
    field('Source', `${sourceText(source)}, schema read ${BY[schema.way]}`),
    ...(source.isStandby ? [field('', OF_STANDBY)] : []),
    ...(isUsual(searchPath) ? [] : [field('Names', searchPathText(searchPath))]),
    field('Migration', `${candidate}, about ${touched.join(', ')}`),
    ...(folder === undefined ? [] : [field('', folder)]),
    field('Tables', tablesText(inspection)),
    ...(madeRows === undefined ? [] : [field('', `from their statistics ${count(madeRows)} rows are made`)]),
    ...(emptyTables.length > 0
      ? [field('', `left empty: ${shortened(emptyTables.map(({ name }) => name).join(', '), 100)}`)]
      : []),
    ...(sample.share < 1
      ? [
          field(
            '',
            `larger than --max-size: of the large ones about ${percentText(sample.share)} of the rows, with all that they refer to`,
          ),
        ]
      : []),
    ...statementLines(inspection),
    ...notedLines(
      'Left out',
      leftOut.map(({ object, reason }) => `${object}: ${reason}`),
    ),
    field('Measured on', measuredOn),
    ...localeLines(inspection.locale, measuredLocale),
    field('Takes', `about ${counted(minutes, 'minute')}`),
  ];
  return `\n${lines.map((line) => shortened(plainText(line), columns - 1)).join('\n')}\n\n`;
}

function sourceText({ database, version, dumped, snapshot }: Inspection['source']): string {
  if (snapshot) return snapshotText(snapshot, version);
  return dumped ? dumpedText(dumped) : `${database}, PostgreSQL ${version}`;
}

const BY = { pg_dump: 'by pg_dump', catalog: 'from the catalog' };

const field = (name: string, text: string): string => `      ${name.padEnd(12)}${text}`;

const localeLines = (source: Locale, measured: Locale): string[] =>
  isSameLocale(source, measured)
    ? []
    : [
        field(
          '',
          `the source has its text in ${localeText(source)}, and this server in ${localeText(measured)}:`,
        ),
        field('', UNLIKE_LOCALE),
      ];

function tablesText({ tables }: Inspection): string {
  const schemas = new Set(tables.map(({ name }) => parseRelation(name).schema));
  const sum = (figure: 'rows' | 'bytes'): number => tables.reduce((total, table) => total + table[figure], 0);
  return `${counted(tables.length, 'table')} in ${counted(schemas.size, 'schema')}, about ${count(sum('rows'))} rows, ${bytes(sum('bytes'))}`;
}

function statementLines({ statements, weightsAreCalls }: Inspection): string[] {
  const { observed, replayed, madeUp } = statementCounts(statements);
  const share = weightsAreCalls ? `, ${percentText(measuredShare(statements))} of the execution time` : '';
  const besides = madeUp > 0 ? `; made up: ${counted(madeUp, 'write')}` : '';
  return [
    field('Statements', `${replayed} of ${observed}${share}${besides}`),
    ...(statements.countedHours === undefined ? [] : [field('', countedOver(statements.countedHours))]),
    ...notedLines('', [...byReason(statements.leftOut)].map(reasonText)),
  ];
}

const byReason = (leftOut: readonly LeftOutStatement[]): Map<string, LeftOutStatement[]> => {
  const groups = new Map<string, LeftOutStatement[]>();
  for (const one of leftOut) groups.set(one.reason, [...(groups.get(one.reason) ?? []), one]);
  return groups;
};

function reasonText([reason, statements]: [string, LeftOutStatement[]]): string {
  const [first, second] = statements;
  if (first && !second) return `not measured: ${reason}: ${shortened(first.sql, 60)}`;
  const share = statements.reduce((sum, one) => sum + one.share, 0);
  return `not measured: ${counted(statements.length, 'statement')}, ${percentText(share)}: ${reason}`;
}

/** At most a few, under one name. */
function notedLines(name: string, lines: readonly string[]): string[] {
  const shown = lines.slice(0, MOST_LINES);
  const rest = lines.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more; the report names them`] : [])].map((line, at) =>
    field(at === 0 ? name : '', line),
  );
}
