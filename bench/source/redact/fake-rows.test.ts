import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyLine, unescaped } from '../../../seed/copy-text.ts';
import { fakeRows } from './fake-rows.ts';
import { FakeValues } from './fake-values.ts';

const TEXT = { kind: 'text', isArray: false } as const;
const fakes = new FakeValues([1, 2, 3, 4], new Set());

/** What comes out of a stream that gets its bytes in pieces of this size. */
const through = async (text: string, size: number): Promise<string> => {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  return (
    await buffer(Readable.from(pieces).pipe(fakeRows(fakes, [undefined, TEXT, undefined, TEXT])))
  ).toString();
};

test('fakes stand in the columns with texts, wherever the pieces of the stream end', async () => {
  const values = fc.oneof(
    fc.constantFrom(null, '', '\\N', '\\', 'a\tb', 'line\nfeed', '\\n', 'Ärger 名前 😀'),
    fc.string(),
  );
  const rows = fc.array(fc.tuple(values, values, values, values), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 30 }), async (all, size) => {
      const changed = all.map((row) =>
        row.map((value, at) => (value !== null && at % 2 === 1 ? fakes.of(value, TEXT) : value)),
      );
      const lines = (table: readonly (string | null)[][]): string => table.map(copyLine).join('');
      expect(await through(lines(all), size)).toBe(lines(changed));
    }),
  );
});

test('a document that is one string is no key, whatever the next column begins with', async () => {
  const rows = Readable.from([Buffer.from('"ann"\t: x\n')]);
  const json = { kind: 'json', isArray: false } as const;
  const changed = rows.pipe(fakeRows(fakes, [json, undefined]));
  expect((await buffer(changed)).toString()).toBe(`"${fakes.of('ann', TEXT)}"\t: x\n`);
});

test('what COPY has written is read again as it was', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !text.includes('\0')),
      (text) => {
        expect(unescaped(copyLine([text]).slice(0, -1))).toBe(text);
      },
    ),
  );
});
