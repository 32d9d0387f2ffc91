import type { ReadItem, WriteItem } from '../model/work-item.ts';
import { sha256 } from './sha256.ts';
import type { ItemMark } from './unfinished-shape.ts';

/** Tells an item from all others, and from what becomes of it when its statement or its parameters change. */
export const markOf = (item: ReadItem | WriteItem): ItemMark => ({
  id: item.id,
  sha256: sha256(JSON.stringify(decisive(item))),
});

/** What is measured; how it is called is of no account. A function is compared by its text. */
const decisive = (item: ReadItem | WriteItem): unknown[] =>
  item.kind === 'read'
    ? [item.sql, item.key]
    : [item.sql, item.operation, item.table, item.targets, String(item.draw)];
