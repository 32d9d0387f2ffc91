import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawing } from '../../../tests/fuzz/seed.fixture.ts';
import { judgeCanary } from '../../analyse/canary.ts';
import { warningsOn } from '../../analyse/warnings.ts';
import { CANARY_PRECISION } from '../../analyse/precision.ts';
import type { Estimate } from '../../model/estimate.ts';
import type { Pair } from '../../model/pair.ts';
import type { Result } from '../../model/result.ts';
import type { Trend } from '../../model/trend.ts';
import { salesAgentResult } from '../sales-agent-result.fixture.ts';
import { sampleResult } from '../sample-result.fixture.ts';
import { sampleTrends } from '../sample-trends.fixture.ts';
import { PALETTE } from './figure-style.ts';
import type { Figure } from './figure.ts';
import { figureFiles, figuresOf, type Figures } from './figures.ts';
import { historyFigure } from './history.ts';

const sample = sampleResult();
const allFigures = (figures: Figures): Figure[] => [...figureFiles(figures), ...figures.plans];
const figures = allFigures(figuresOf(sample, sampleTrends()));

describe('figures', () => {
  test.each(figures.map((figure) => [figure.name, figure] as const))(
    '%s stays as it was published',
    async (name, { svg }) => {
      await expect(`${svg}\n`).toMatchFileSnapshot(`__golden__/${name}.svg`);
    },
  );

  test('say in words, with figures, what they show', async () => {
    const told = figures.map(({ name, title, alternative }) => `${name}: ${title}\n  ${alternative}\n`);
    await expect(told.join('\n')).toMatchFileSnapshot('__golden__/alternatives.txt');
    for (const { alternative } of figures) expect(alternative).toMatch(/\d/);
  });

  test('give the same drift of the pairs as the warning about it', () => {
    const drifting = Array.from({ length: 20 }, (_, position): Pair => ({
      round: position + 1,
      first: 'before',
      before: { medianMs: 1.1 ** position, executions: 3 },
      after: { medianMs: 1, executions: 3 },
    }));
    const item = {
      kind: 'read',
      id: 'a',
      title: 'A',
      workload: 'headline',
      weight: 1,
      source: '',
      sql: '',
    } as const;
    const timed = { pairs: drifting, disturbances: [] };
    const canary = judgeCanary({ item, baseline: 'bare', state: 'measured', ...timed });
    if (canary.state === 'failed') throw new Error(canary.error.message);
    const warning = warningsOn(timed, canary.estimate, CANARY_PRECISION).find(({ code }) => code === 'drift');
    const told = /by a factor of (\d+\.\d\d)/.exec(warning?.cause ?? '')?.[1];
    const [figure] = figuresOf({ ...sample, canaries: [canary] }).sections.Canaries ?? [];
    expect(figure?.svg).toContain(`drift ${told}x`);
    expect(figure?.alternative).toContain(`by a factor of ${told}`);
  });

  test('have unique names that are valid file names', () => {
    const names = figures.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9-]+$/);
  });

  test('are self-contained', () => {
    for (const { svg } of figures) {
      expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
        /https?:|url\((?!#)|@import|href|<script|<image|\son\w+=/,
      );
      expect(svg).toMatch(/^<svg [^>]*role="img"/);
      expect(svg).toContain('prefers-color-scheme:dark');
    }
  });

  test('write a symbol once, however many points have it', () => {
    const { Reads = [] } = figuresOf(salesAgentResult()).sections;
    for (const { name, svg } of Reads.filter(({ name }) => name !== 'forest'))
      expect(svg.match(/<circle|<path/g)?.length, name).toBeLessThan(20);
  });

  test('are left out where there are no data', () => {
    const none = { reads: [], writes: [], canaries: [], rounds: [], ledger: undefined, longRun: undefined };
    const nothing = { ...sample, ...none };
    expect(allFigures(figuresOf(nothing))).toEqual([]);
  });
});

const extreme = fc.oneof(
  fc.constantFrom(0, -0, -1, 1, 1e-300, 5e-324, 1e21, 1e300, 1.7e308, -1e308),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const estimate: fc.Arbitrary<Estimate> = fc.record({
  point: extreme,
  low: extreme,
  high: extreme,
  ...{
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    n: fc.integer({ min: 1 }),
    method: fc.string(),
  },
});
const block = fc.record({ medianMs: extreme.map(Math.abs), executions: fc.constant(1) });
const pairs = fc.array(fc.record({ first: fc.constant('before' as const), before: block, after: block }), {
  maxLength: 6,
});

const ROUND_KEYS = ['startedAtSeconds', 'seconds', 'scan', 'loop', 'stealShare', 'pauseMs'];

/** The sample with replaced values wherever a figure shows one. */
function distorted(changed: Estimate, measured: Pair[], bytes: number): Result {
  const text = JSON.stringify(sample, (key, value: unknown) => {
    if (key === 'estimate' || key === 'durationMs') return changed;
    if (key === 'pairs') return measured;
    if (key === 'drift') return changed.point;
    if (ROUND_KEYS.includes(key)) return changed.low;
    return key === 'bytes' || key === 'bytesWithoutImages' ? bytes : value;
  });
  return JSON.parse(text) as Result;
}

describe('hostile numbers', () => {
  const DRAWABLE = /NaN|Infinity|undefined/;
  const geometry = (svg: string): string =>
    (svg.match(/ (?:d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|transform)="[^"]*"/g) ?? []).join('');

  test('are drawn at the edge or left out, and break no figure', () => {
    const size = fc.constantFrom(0, 1, 1023, 2 ** 53 - 1);
    fc.assert(
      fc.property(estimate, pairs, size, (changed, measured, bytes) => {
        for (const { svg } of allFigures(figuresOf(distorted(changed, measured, bytes))))
          expect(geometry(svg)).not.toMatch(DRAWABLE);
      }),
      drawing(60),
    );
  });

  test('break no history either', () => {
    const trend: fc.Arbitrary<Trend> = fc.record({
      id: fc.string(),
      title: fc.string(),
      baseline: fc.constantFrom('bare', 'shipped'),
      metric: fc.constantFrom('speedup', 'overhead', 'net time saved'),
      points: fc.array(
        fc.record({
          startedAt: fc.oneof(
            fc.constant('2026-01-01T00:00:00Z'),
            fc.constant('+275760-09-13T00:00:00Z'),
            fc.string(),
          ),
          estimate,
          isNoisy: fc.boolean(),
        }),
        { maxLength: 4 },
      ),
      band: fc.option(fc.record({ low: extreme, high: extreme, nights: fc.nat() }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(trend, { maxLength: 3 }), (trends) => {
        expect(geometry(historyFigure(trends).svg)).not.toMatch(DRAWABLE);
      }),
      drawing(100),
    );
  });
});

/** WCAG 2.2, "relative luminance" and "contrast ratio". */
function contrast(one: string, other: string): number {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = (hex.match(/[0-9a-f]{2}/g) ?? []).map((digits) => {
      const share = parseInt(digits, 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test.each(['light', 'dark'] as const)(
  'every %s colour with a meaning has enough contrast with paper and band',
  (scheme) => {
    const { paper, grid, band, ...inks } = PALETTE[scheme];
    expect(contrast(grid, paper)).toBeGreaterThan(1.2);
    for (const ink of Object.values(inks)) expect(contrast(ink, paper)).toBeGreaterThan(4.5);
    for (const ink of [inks.after, inks.slower]) expect(contrast(ink, band)).toBeGreaterThan(3);
  },
);
