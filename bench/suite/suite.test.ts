import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insert, keyed, least, notes, suitesInFolder } from './least-suite.fixture.ts';
import tiny from '../../tests/fixtures/tiny-suite/suite.ts';
import { salesAgent } from '../suites/sales-agent/suite.ts';

const { problemsOf, completed } = suitesInFolder();

describe('every suite', () => {
  test.each([
    ['sales-agent', salesAgent],
    ['tiny', tiny],
  ])('%s is sound, and complete suites are, too', async (_, suite) => {
    const complete = await completed(suite);
    expect(await completed(complete)).toEqual(complete);
  });

  const id = fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/).filter((text) => text.length < 30);
  const definition = fc.record({
    name: id,
    migrations: fc.constant(['schema.sql']),
    candidate: fc.constant({ up: '002-index.up.sql' }),
    dataset: fc.record({
      tables: fc.array(
        fc.record({
          name: fc.constant('notes'),
          columns: fc.array(fc.string({ minLength: 1 })),
          rowsAtScaleOne: fc.integer({ min: 1 }),
          row: fc.constant(() => []),
        }),
        { minLength: 1 },
      ),
    }),
    reads: fc.uniqueArray(
      id.map((read) => ({ id: read, sql: 'SELECT * FROM notes' })),
      { minLength: 1, selector: (read) => read.id },
    ),
  });

  test('that has the required keys alone completes to one that the schema accepts', async () => {
    await fc.assert(
      fc.asyncProperty(definition, async (least) => {
        const complete = await completed(least);
        expect(await completed(complete)).toEqual(complete);
      }),
    );
  });

  /** Each key of the definition, and the objects that hold it. */
  const places = [
    ...keysOf([], {
      ...least,
      title: '',
      canaries: [],
      goals: [],
      mix: {},
      documented: {},
      claims: [],
      writes: [],
    }),
    ...keysOf(['candidate'], { up: '', down: '', transaction: '' }),
    ...keysOf(['dataset', 'tables', '0'], { ...notes, minimum: {}, serial: '' }),
    ...keysOf(['reads', '0'], {
      ...keyed,
      title: '',
      weight: 1,
      workload: '',
      source: '',
      approximate: true,
      bufferCold: true,
    }),
    ...keysOf(['reads', '0', 'key'], { sql: '', parameters: [] }),
    ...keysOf(['writes', '0'], {
      ...insert,
      targets: '',
      draw: 1,
      eachTargetOnce: true,
      title: '',
      weight: 1,
    }),
  ];

  function keysOf(path: string[], holder: object): { path: string[]; key: string }[] {
    return Object.keys(holder).map((key) => ({ path, key }));
  }

  /** One letter is left out, put in, or replaced. */
  const misspelt = (key: string): fc.Arbitrary<string> =>
    fc
      .tuple(fc.nat(key.length), fc.nat(1), fc.stringMatching(/^[a-z]?$/))
      .map(([at, removed, letter]) => key.slice(0, at) + letter + key.slice(at + removed))
      .filter((word) => word !== '' && word !== key);

  const slip = fc
    .constantFrom(...places)
    .chain(({ path, key }) =>
      fc.record({ path: fc.constant(path), key: fc.constant(key), typed: misspelt(key) }),
    );

  test('names a key that is misspelt by one letter with its right form', async () => {
    await fc.assert(
      fc.asyncProperty(slip, async ({ path, key, typed }) => {
        const suite = structureOf();
        const holder = path.reduce<Record<string, unknown>>(
          (inner, step) => inner[step] as Record<string, unknown>,
          suite,
        );
        fc.pre(!(typed in holder));
        holder[typed] = holder[key] ?? 1;
        Reflect.deleteProperty(holder, key);
        const problems = await problemsOf(suite);
        expect(problems.filter((problem) => problem.includes(`did you mean "${key}"?`))).toHaveLength(1);
        expect(problems.filter((problem) => problem.includes('is missing'))).toEqual([]);
      }),
    );
  });

  /** A suite whose objects may be changed. */
  const structureOf = (): Record<string, unknown> => ({
    ...least,
    candidate: { ...least.candidate },
    dataset: { tables: [{ ...notes }] },
    reads: [{ ...keyed, key: { ...keyed.key } }],
    writes: [{ ...insert }],
  });
});
