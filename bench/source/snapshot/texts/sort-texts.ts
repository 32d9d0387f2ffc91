import type { Connection } from '../../../database/connection.ts';
import type { TextOrder } from './text-columns.ts';

/** SQL: what `text` is sorted by; equal ones by their bytes. */
const keysOf = ({ collation, ignoresCase }: TextOrder, text: string): string[] => [
  ...(ignoresCase ? [`lower(${text} COLLATE ${collation})`] : []),
  `${text} COLLATE ${collation}`,
  `${text} COLLATE "C"`,
];

/** As the server sorts them. */
export async function sortTexts(
  connection: Connection,
  texts: readonly string[],
  order: TextOrder,
): Promise<string[]> {
  const { rows } = await connection.query<{ sorted: string }>(
    `SELECT coalesce(json_agg(text ORDER BY ${keysOf(order, 'text').join(', ')}), '[]') AS sorted
     FROM unnest($1::text[]) AS text`,
    [texts],
  );
  return JSON.parse(rows[0]?.sorted ?? '[]') as string[];
}

/** Whether the server sorts them as they are. */
export async function areSorted(
  connection: Connection,
  texts: readonly string[],
  order: TextOrder,
): Promise<boolean> {
  const sorted = await sortTexts(connection, texts, order);
  return sorted.every((text, at) => text === texts[at]);
}
