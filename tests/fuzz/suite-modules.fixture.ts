import fc from 'fast-check';
import tiny from '../fixtures/tiny-suite/suite.ts';
import { hostileText } from './hostile-text.fixture.ts';
import { changed, changesAt, placesIn, type Change } from './mutation.fixture.ts';

const refuse = (): never => {
  throw new Error('not to be read');
};

/** An object that contains itself. */
function cyclic(): object {
  const self: Record<string, unknown> = {};
  self.reads = [self];
  return Object.assign(self, { self });
}

/** Exports that are not plain data, by name: a counterexample is readable. */
const ODDITIES = {
  getter: () => undefined,
  cyclic,
  'array of 20,000': () => new Array<number>(20_000).fill(0),
  'array of 10,000 reads': () =>
    Array.from({ length: 10_000 }, (_, at) => ({ ...tiny.reads?.[0], id: `r-${at}` })),
  'sparse array': () => new Array<number>(1000),
  'revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'refusing proxy': () =>
    new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse }),
  'object without prototype': () => Object.create(null) as object,
  'URL of another host': () => new URL('file://elsewhere/x.sql'),
  'URL of another scheme': () => new URL('https://elsewhere.example/x.sql'),
  'URL that is none': () => Object.create(URL.prototype) as object,
  'URL of a directory': () => new URL('.', import.meta.url),
  'URL with an escaped slash': () => new URL('file:///a%2Fb'),
  function: () => refuse,
  symbol: () => Symbol('x'),
  bigint: () => 1n,
  date: () => new Date(NaN),
  map: () => new Map([[{}, {}]]),
  promise: () => Promise.resolve({}),
  'deep array': () => Array.from({ length: 5_000 }).reduce<unknown[]>((inner) => [inner], []),
} as const satisfies Record<string, () => unknown>;
type Oddity = keyof typeof ODDITIES;

type Replacement = { oddity: Oddity } | { data: unknown };

const replacement: fc.Arbitrary<Replacement> = fc.oneof(
  fc.constantFrom(...(Object.keys(ODDITIES) as Oddity[])).map((oddity) => ({ oddity })),
  fc
    .oneof(
      hostileText,
      fc.constantFrom(undefined, null, true, '', [], {}, -1, NaN, Infinity, 1e308),
      fc.anything(),
    )
    .map((data) => ({ data })),
);

function put(holder: object, key: string, value: Replacement): void {
  const described: PropertyDescriptor =
    'oddity' in value && value.oddity === 'getter'
      ? { get: refuse }
      : { value: 'oddity' in value ? ODDITIES[value.oddity]() : value.data, writable: true };
  Object.defineProperty(holder, key, { ...described, enumerable: true, configurable: true });
}

/** Changes of a valid suite. */
export const suiteChanges: fc.Arbitrary<Change<Replacement>[]> = changesAt(placesIn(tiny), replacement);

export const suiteWith = (changes: readonly Change<Replacement>[]): unknown => changed(tiny, changes, put);

/** Default exports that are no suites. */
export const strangeExport: fc.Arbitrary<() => unknown> = fc.oneof(
  fc.constantFrom(...Object.values(ODDITIES)),
  fc.anything().map((value) => () => value),
);

const thrown = fc.constantFrom(
  `new Error('boom')`,
  `new Error('\\u001b[2J\\n    at nowhere (file.js:1:1)')`,
  `Object.assign(new Error(), { message: { toString() { throw 1; } } })`,
  `new (class extends Error { get message() { throw this; } })()`,
  ...['null', 'undefined', '0', `'text'`, `Symbol('s')`, '{}', 'Object.create(null)', '1n', '[]'],
  `new Proxy({}, { getPrototypeOf() { throw 1; } })`,
);

/** Texts of modules, each with its file's extension. */
export const moduleText: fc.Arbitrary<{ extension: string; text: string }> = fc.record({
  extension: fc.constantFrom('mjs', 'mjs', 'mjs', 'js', 'ts', 'json', 'txt'),
  text: fc.oneof(
    thrown.map((value) => `throw ${value};`),
    thrown.map((value) => `await Promise.reject(${value}); export default {};`),
    thrown.map((value) => `export default { get name() { throw ${value}; } };`),
    thrown.map((value) => `export default ${value};`),
    hostileText.map(
      (text) => `export default { name: ${JSON.stringify(text)}, reads: [${JSON.stringify(text)}] };`,
    ),
    hostileText.map((text) => `export default { ${JSON.stringify(text)}: 1 };`),
    hostileText,
    fc.constantFrom(
      '',
      'export const suite = {};',
      'export default',
      'module.exports = {};',
      'export default 1;',
    ),
    fc.constantFrom(`import './no-such.mjs';`, `import 'no-such-package';`, `import 'node:no-such';`),
    fc.constantFrom('{', '<html>', '#!/bin/sh\nexit 0', '\ufeffexport default {};', 'export default {};\0'),
  ),
});
