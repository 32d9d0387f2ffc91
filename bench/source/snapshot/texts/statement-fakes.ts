import type { Connection } from '../../../database/connection.ts';
import { TEXT } from '../../redact/against.ts';
import type { TextColumns } from '../../redact/column-texts.ts';
import { FakeValues, type ColumnTexts } from '../../redact/fake-values.ts';
import { wordsOfLiterals } from '../../redact/literal-words.ts';
import { newKey, ownFunctions, type LiteralFakes } from '../../redact/redaction.ts';
import type { ColumnFakes } from './column-fakes.ts';
import { textsReplaced } from './texts-replaced.ts';

/** What statements have in place of their literals: the fakes of the statistics, and other ones where these have none. */
export async function statementFakes(
  connection: Connection,
  columns: TextColumns,
  { schema, byColumn }: { schema: string; byColumn: ColumnFakes['byColumn'] },
): Promise<LiteralFakes> {
  const others = new FakeValues(newKey(), await wordsOfLiterals(schema));
  const maps = [...new Set(byColumn.values())];
  const other = (text: string, kind: ColumnTexts['kind']): string =>
    kind === 'bytes' ? others.of(`\\x${text}`, { kind, isArray: false }).slice(2) : others.of(text, TEXT);
  const of = (value: string, { kind, isArray }: ColumnTexts): string =>
    textsReplaced(
      value,
      { kind, isArray, isRange: false },
      (text) => maps.map((map) => map.get(text)).find((fake) => fake !== undefined) ?? other(text, kind),
    );
  return { fakes: { of }, columns, ownFunctions: await ownFunctions(connection) };
}
