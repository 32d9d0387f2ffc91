import type { Audit, AuditFinding, AuditKind, AuditPart } from '../model/audit.ts';
import { plainText } from '../format/plain-text.ts';
import { bytes, counted } from '../format/quantity.ts';
import { left, right, type Table } from './sections/section.ts';
import { stylesFor } from './formats/terminal/terminal-style.ts';
import { renderTable } from './formats/terminal/terminal-table.ts';
import { wrap } from './formats/terminal/wrap.ts';

const TITLES: Record<AuditKind, string> = {
  'invalid indexes': 'Invalid indexes',
  'unindexed foreign keys': 'Foreign keys without an index',
  'redundant indexes': 'Redundant indexes',
  'unused indexes': 'Unused indexes',
  'bloated indexes': 'Bloated indexes',
  'vacuum and analyze': 'Tables due for VACUUM or ANALYZE',
};

/** The findings of `audit` as text for a terminal. Statements are not wrapped: they can be copied. */
export function renderAudit(
  { database, serverVersion, parts }: Audit,
  { columns, color }: { columns: number; color: boolean },
): string {
  const styles = stylesFor(color);
  const count = parts.reduce((sum, part) => sum + (part.state === 'checked' ? part.findings.length : 0), 0);
  const show = {
    bold: styles.bold,
    table: (table: Table) => renderTable(table, columns - 1, styles),
    line: (text: string) => wrap(plainText(text), columns - 1, '  '),
  };
  return [
    styles.bold(
      `Audit of database ${plainText(database)} on PostgreSQL ${plainText(serverVersion)}: ${counted(count, 'finding')}, nothing written`,
    ),
    ...parts.flatMap((part) => ['', ...partLines(part, show)]),
    '',
  ].join('\n');
}

interface Show {
  bold: (text: string) => string;
  table: (table: Table) => string;
  line: (text: string) => string;
}

function partLines(part: AuditPart, { bold, table, line }: Show): string[] {
  const title = TITLES[part.kind];
  if (part.state === 'not checked') return [bold(`${title}: not checked`), line(part.reason)];
  const { findings } = part;
  const notes = part.notes.map(line);
  if (findings.length === 0) return [bold(`${title}: none`), ...notes];
  return [
    bold(`${title}: ${findings.length}`),
    table({
      caption: undefined,
      columns: [left('what'), right('size'), left('why')],
      rows: findings.map(({ what, bytes: size, why }) => [what, bytes(size), why]),
    }),
    ...notes,
    '  To copy:',
    ...findings.map(statementLine),
  ];
}

/**
 * A terminal cannot show every character of such a name: its statement, copied from there, would name something else.
 */
const statementLine = ({ statement }: AuditFinding): string =>
  plainText(statement) === statement
    ? `    ${statement}`
    : '    -- a name above holds characters that a terminal does not show; --json prints its statement';
