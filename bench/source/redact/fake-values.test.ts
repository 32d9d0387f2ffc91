import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FakeValues, type TextKind } from './fake-values.ts';

const TEXT = { kind: 'text', isArray: false } as const;
const fakes = new FakeValues([1, 2, 3, 4], new Set(['open', 'a1']));
const fake = (value: string, kind: TextKind = 'text', isArray = false): string =>
  fakes.of(value, { kind, isArray });

/** Of many scripts and shapes, words that are kept among them. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom('open', 'Open', 'a1', ' ', '@', '.', '%', '_', "'", '\n', '\t', '😀', 'ß', 'İ', 'ς'),
      fc.stringMatching(/^[A-Za-z0-9]{1,6}$/),
      fc.string({
        unit: fc.constantFrom('é', 'É', 'ÿ', 'ж', 'Ж', 'ω', 'Ω', '名', '前', 'あ', '한', '٣', '𠮷', 'ก'),
      }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const charactersOf = (text: string): string[] => Array.from(text);

test('a fake has as many characters and bytes as the text, and each text has its own', () => {
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      expect(charactersOf(fake(one))).toHaveLength(charactersOf(one).length);
      expect(Buffer.byteLength(fake(one))).toBe(Buffer.byteLength(one));
      expect(fake(one) === fake(other)).toBe(one === other);
    }),
  );
});

test('of all texts of two letters no two have the same fake', () => {
  const letters = charactersOf('abcdefghijklmnopqrstuvwxyz0123456789');
  const all = letters.flatMap((one) => letters.map((other) => one + other));
  expect(new Set(all.map((text) => fake(text))).size).toBe(all.length);
});

test('no letter and no digit stays, but those of words that are kept', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9éЖ名]{1,12}$/), (word) => {
      fc.pre(!['open', 'a1', 'null'].includes(word.toLowerCase()));
      const changed = new FakeValues([5, 6, 7, 8], new Set()).of(word, TEXT);
      const letters = charactersOf(word);
      expect(charactersOf(changed).every((letter, at) => letter !== letters[at])).toBe(true);
    }),
  );
  expect(fake('An open door, OPEN a1')).toMatch(/^[A-Z][a-z] open [a-z]{4}, OPEN a1$/);
});

test('texts with the same beginning have fakes with the same beginning', () => {
  const plain = new FakeValues([1, 2, 3, 4], new Set());
  fc.assert(
    fc.property(texts, fc.nat(20), (text, length) => {
      const begin = charactersOf(text).slice(0, length).join('');
      const [ofBegin, ofText] = [begin, text].map((one) => plain.of(one, TEXT));
      expect(ofText?.startsWith(ofBegin ?? '')).toBe(true);
    }),
  );
});

test('the fake of a text in lower case is that of the text, in lower case', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9 @.éÉжЖωΩ]{0,12}$/), (text) => {
      expect(fake(text.toLowerCase())).toBe(fake(text).toLowerCase());
      expect(fake(text.toUpperCase())).toBe(fake(text).toUpperCase());
    }),
  );
});

test('a document keeps its keys, its numbers and its form, and has other strings', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const written = JSON.stringify(value);
      const read = JSON.parse(fake(written, 'json')) as unknown;
      expect(read).toEqual(withFakes(JSON.parse(written)));
    }),
  );
});

test('a string of a document has the same fake in whatever way its characters are written', () => {
  fc.assert(
    fc.property(texts, fc.array(fc.boolean(), { minLength: 1 }), (text, escaped) => {
      const written = charactersOf(text).map((character, at) =>
        escaped[at % escaped.length] ? inEscapes(character) : JSON.stringify(character).slice(1, -1),
      );
      const changed = fake(`{"k": "${written.join('')}"}`, 'json');
      expect(JSON.parse(changed)).toEqual({ k: fake(text) });
      expect(changed).toHaveLength(`{"k": "${written.join('')}"}`.length);
    }),
  );
  expect(fake('"\\u0041nn \\ud800"', 'json')).toBe(
    `"\\u0041nn \\ud800"`.replace('\\u0041nn', unitOf(fake('Ann'))),
  );
});

const inEscapes = (character: string): string =>
  character.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** With its first letter as an escape. */
const unitOf = (word: string): string => inEscapes(word.slice(0, 1)) + word.slice(1);

/** JSON.stringify escapes control characters and lone surrogates only: what it escapes has no letters. */
function withFakes(value: unknown): unknown {
  if (typeof value === 'string') return fake(value);
  if (Array.isArray(value)) return value.map(withFakes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, withFakes(held)]));
}

test('an array has a fake for each element, and NULL stays what it is', () => {
  expect(fake('{ab,NULL,"NULL","a b","q\\"\\\\x",{}}', 'text', true)).toBe(
    `{${fake('ab')},NULL,"NULL","${fake('a b')}","${fake('q')}\\"\\\\${fake('x')}",{}}`,
  );
  expect(fake('[0:1]={ab,cd}', 'text', true)).toBe(`[0:1]={${fake('ab')},${fake('cd')}}`);
  expect(fake('{"{\\"k\\": \\"v\\"}"}', 'json', true)).toBe(`{"{\\"k\\": \\"${fake('v')}\\"}"}`);
});

test('XML keeps its names, hstore its keys, and a text search vector its positions', () => {
  expect(fake('<?xml version="1.0"?><p id="x7">Ann &amp; <![CDATA[Bob]]></p>', 'xml')).toBe(
    `<?xml version="1.0"?><p id="${fake('x7')}">${fake('Ann')} &amp; <![CDATA[${fake('Bob')}]]></p>`,
  );
  expect(fake('"k1"=>"va", "k2"=>NULL', 'hstore')).toBe(`"k1"=>"${fake('va')}", "k2"=>NULL`);
  expect(fake('"k=>"=>"va\\"\\\\b", k2 => vb', 'hstore')).toBe(
    `"k=>"=>"${fake('va')}\\"\\\\${fake('b')}", k2 => "${fake('vb')}"`,
  );
  expect(fake("'it''s':1A 'run':2,3", 'lexemes')).toBe(`'${fake("it''s")}':1A '${fake('run')}':2,3`);
});

test('what is neither a name nor text in XML has fakes, too, and a DOCTYPE goes with its entities', () => {
  const written = `<?xml version='1.0'?><!DOCTYPE p [<!ENTITY who "Ann>]"><!-- it's ] --><!ENTITY f SYSTEM 'ann.txt'>]>
<!--Ann--><?style Ann="?"?><né:p ann = "x>&#x41;nn&who;">&who;Ann = "Ann" &#65;nn &amp;&#65;nn ]</né:p>`;
  const ann = fake('Ann');
  const rest = ann.slice(1);
  const code = ann.charCodeAt(0);
  expect(fake(written, 'xml')).toBe(`<?xml version='1.0'?>
<!--${ann}--><?style ${ann}="?"?><né:p ann = "${fake('x')}>&#x${code.toString(16)};${rest}">${ann} = "${ann}" &#${code};${rest} &amp;&#${code};${rest} ]</né:p>`);
});

test('bytes have a fake of the same length, each its own', () => {
  const values = fc.uint8Array({ maxLength: 40 }).map((bytes) => `\\x${Buffer.from(bytes).toString('hex')}`);
  fc.assert(
    fc.property(values, values, (one, other) => {
      expect(fake(one, 'bytes')).toHaveLength(one.length);
      expect(fake(one, 'bytes') === fake(other, 'bytes')).toBe(one === other);
    }),
  );
});

test('another key makes other fakes', () => {
  const others = new FakeValues([4, 3, 2, 1], new Set());
  expect(others.of('Ann Smith, Leeds', TEXT)).not.toBe(fake('Ann Smith, Leeds'));
});
