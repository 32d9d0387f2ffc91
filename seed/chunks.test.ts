import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GeneratedTable } from '../bench/model/dataset.ts';
import { chunkCount, chunkOf, makingHere, ROWS_A_CHUNK } from './chunks.ts';
import { rowCounts } from './row-counts.ts';
import { tables } from './tables/index.ts';

const textOf = ({ text }: { text: Uint8Array }): string => new TextDecoder().decode(text);

test('a chunk is the same whichever others were made before it', async () => {
  const facts = { rowsOf: rowCounts(tables, 0.2).rowsOf, seed: 3 };
  const asked = tables.flatMap(({ name }) =>
    Array.from({ length: chunkCount(facts.rowsOf(name)) }, (_, ordinal) => ({ name, ordinal })),
  );
  const make = makingHere(tables, facts);
  const first = new Map<object, string>();
  for (const chunk of asked) first.set(chunk, textOf(await make(chunk.name, chunk.ordinal)));
  for (const chunk of asked.toReversed())
    expect(textOf(await make(chunk.name, chunk.ordinal))).toBe(first.get(chunk));
});

test('the chunks of a table have each of its rows once, in order', () => {
  const table: GeneratedTable = {
    ...{ name: 'ordinals', columns: ['ordinal'], rowsAtScaleOne: 1 },
    row: (_, ordinal) => [ordinal],
  };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 * ROWS_A_CHUNK }), (rows) => {
      const chunks = Array.from({ length: chunkCount(rows) }, (_, ordinal) =>
        chunkOf(table, { rowsOf: () => rows, seed: 1 }, ordinal),
      );
      const ordinals = chunks.map(textOf).join('').trimEnd().split('\n').map(Number);
      expect(ordinals).toEqual(Array.from({ length: rows }, (_, ordinal) => ordinal));
      expect(chunks.reduce((sum, chunk) => sum + chunk.rows, 0)).toBe(rows);
    }),
  );
});
