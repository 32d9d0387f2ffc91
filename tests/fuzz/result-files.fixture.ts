import fc from 'fast-check';
import { sampleResult } from '../../bench/report/sample-result.fixture.ts';
import { HOSTILE_TEXTS, hostileText } from './hostile-text.fixture.ts';
import { changed, changesAt, placesIn, type Change, type Place } from './mutation.fixture.ts';

/** One item of each kind: small, because it is rendered thousands of times. */
function firstOfEach(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(firstOfEach);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, firstOfEach(part)]));
}

const whole = sampleResult();
/** All parts of a report, each in its place; reads and writes of either state. */
const small = {
  ...(firstOfEach(whole) as object),
  reads: [whole.reads[0], whole.reads.at(-1)].map(firstOfEach),
};

const places = placesIn(small);
const at = ([key, ...below]: Place, value: unknown): unknown =>
  key === undefined ? value : at(below, (value as Record<string, unknown>)[key]);
const ofType = (type: string): Place[] => places.filter((place) => typeof at(place, small) === type);

const numbers = fc.constantFrom(-1, 0, 1e-300, 0.1, 1.5, 2 ** 31, 2 ** 53 - 1, 2 ** 53, 1e21, 1e300, -1e308);
const data: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  numbers,
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    [],
    {},
    [[]],
    { state: 'failed' },
    { state: 'measured', error: {} },
  ),
  fc.jsonValue(),
);

const replacing = <T>(
  among: readonly Place[],
  value: fc.Arbitrary<T>,
  most: number,
): fc.Arbitrary<Change<T>[]> =>
  fc.array(fc.record({ place: fc.constantFrom(...among), kind: fc.constant('replace' as const), value }), {
    minLength: 1,
    maxLength: most,
  });

const changes: fc.Arbitrary<Change<unknown>[]> = fc.oneof(
  { weight: 2, arbitrary: changesAt(places, data) },
  replacing(ofType('string'), hostileText, 20),
  replacing(ofType('number'), fc.oneof(numbers, fc.double({ noNaN: true, noDefaultInfinity: true })), 10),
);

/** A piece of the text cut out or inserted: it may no longer be JSON. */
const damage = fc.record({
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(30),
  put: hostileText,
});

/** Contents of files that were once a result.json. */
export const resultText: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: changes.map((made) => JSON.stringify(changed(small, made))) },
  {
    weight: 1,
    arbitrary: fc.tuple(changes, damage).map(([made, { share, cut, put }]) => {
      const text = JSON.stringify(changed(small, made));
      const place = Math.floor(share * text.length);
      return text.slice(0, place) + put + text.slice(place + cut);
    }),
  },
);

/** The small result with one text in every free-text field. */
export const poisonedText = (poison: string): string =>
  JSON.stringify(
    changed(
      small,
      ofType('string')
        .filter((place) => !isFixed(place))
        .map((place) => ({ place, kind: 'replace', value: poison })),
    ),
  );

/** Hostile texts under names that can be printed. */
export const POISONS: readonly (readonly [name: string, poison: string])[] = HOSTILE_TEXTS.map((poison) => [
  JSON.stringify(poison).replace(/[^ -~]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`),
  poison,
]);

/** Fields without free text: choices, times, and the name of a directory. */
const isFixed = (place: Place): boolean =>
  [
    'id',
    'startedAt',
    'state',
    'target',
    'workload',
    'verdict',
    'baseline',
    'baselines',
    'operation',
    'first',
    'arm',
  ].some((name) => place.includes(name)) || ['comparison', 'relation', 'action'].includes(place.at(-1) ?? '');

const nested = (open: string, close: string, depth: number): string =>
  open.repeat(depth) + close.repeat(depth);

/** A plan of this many nodes, one below the other. */
const deepPlan = (depth: number): string => nested('{"type":"Limit","children":[', ']}', depth);

const withText = (name: string, text: string): string =>
  JSON.stringify({ ...small, [name]: '<here>' }).replace('"<here>"', () => text);

const withPlan = (depth: number): string =>
  JSON.stringify(
    changed(small, [{ place: ['reads', '0', 'plans', 'after', 'tree'], kind: 'replace', value: 0 }]),
  ).replace('"tree":0', () => `"tree":${deepPlan(depth)}`);

/** One field for each path of text into a report: heading, sentence, cell, block and plan. */
const EVERYWHERE: readonly Place[] = [
  ['candidate', 'name'],
  ['summary', '0'],
  ['reads', '0', 'title'],
  ['reads', '0', 'sql'],
  ['reads', '0', 'plans', 'after', 'tree', 'type'],
];

const withEverywhere = (text: string): string =>
  JSON.stringify(
    changed(
      small,
      EVERYWHERE.map((place) => ({ place, kind: 'replace', value: text })),
    ),
  );

/** Oversized files, by what is too large. */
export const EXCESSES: Readonly<Record<string, () => string>> = {
  'nothing but brackets': () => nested('[', ']', 100_000),
  'brackets that never close': () => '['.repeat(100_000),
  'a deep schemaVersion': () => withText('schemaVersion', nested('[', ']', 100_000)),
  'a deep field': () => withText('summary', nested('{"a":', '}', 100_000).replace('}', '1}')),
  'a deep plan': () => withPlan(100_000),
  'a plan of a hundred nodes': () => withPlan(100),
  'a key of 5 MB': () => JSON.stringify({ ...small, ['k'.repeat(5e6)]: 1 }),
  '200,000 unknown keys': () =>
    JSON.stringify({
      ...small,
      ...Object.fromEntries(Array.from({ length: 2e5 }, (_, key) => [`k${key}`, 1])),
    }),
  '100,000 sentences of a wrong type': () => JSON.stringify({ ...small, summary: new Array(1e5).fill(0) }),
  ...Object.fromEntries(
    ['x', ' ', '漢', '` ', '<b>', '\n', '\u001b', '_'].map((piece) => [
      `${EVERYWHERE.length} MB of ${JSON.stringify(piece)}`,
      () => withEverywhere(piece.repeat(1e6 / piece.length)),
    ]),
  ),
};
