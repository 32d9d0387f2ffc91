import { documentedIndexes } from '../documented.ts';

/** An index of the document with the columns it is on, in their order. */
export interface GroupedIndex {
  name: string;
  table: string;
  columns: readonly string[];
  /** The read that stands for its documented query pattern. */
  pattern: string;
}

/** "(qualification_score DESC, created_at DESC) WHERE .." becomes the names of the columns. */
export const columnsOf = (definition: string): string[] =>
  (/USING \w+ \(([^)]*)\)/.exec(definition)?.[1] ?? '')
    .split(', ')
    .map((column) => column.replace(/ .*/, ''));

const indexes: readonly GroupedIndex[] = documentedIndexes.map(({ name, table, definition }) => ({
  name,
  table,
  columns: columnsOf(definition),
  pattern: `pattern-${name.replace(/^ix_/, '').replaceAll('_', '-')}`,
}));

const isForeignKey = ({ columns }: GroupedIndex): boolean => columns.join() === 'lead_id';
const isComposite = ({ columns }: GroupedIndex): boolean => columns.length > 1;

const singleColumn = indexes.filter((index) => !isForeignKey(index) && !isComposite(index));

/** The document's groups of indexes. */
export const groups = {
  all: indexes,
  foreignKeys: indexes.filter(isForeignKey),
  singleColumn,
  timestamps: singleColumn.filter(({ columns }) => columns[0]?.endsWith('_at')),
  filters: singleColumn.filter(({ columns }) => !columns[0]?.endsWith('_at')),
  composites: indexes.filter(isComposite),
};
