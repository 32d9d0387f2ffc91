import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser, startBrowser } from '../../browser.fixture.ts';
import { sampleResult } from '../../sample-result.fixture.ts';
import { sampleNight } from '../../sample-night.fixture.ts';
import { writeReports } from '../../write-report.ts';

const executable = await findBrowser();
if (!executable) process.stderr.write('skipped: no Chromium\n');

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 900 };
/** A4 without a printer's margins, in CSS pixels. */
const PAPER = { width: 718, height: 1000 };

let browser: Browser;
let out: string;
let report: string;
const pictures = process.env.SCREENSHOTS;

beforeAll(async () => {
  if (!executable) return;
  out = await mkdtemp(join(tmpdir(), 'browser-'));
  const files = await writeReports(out, sampleResult(), sampleNight());
  report = files.find((file) => file.endsWith('report.html')) ?? '';
  if (pictures) await mkdir(pictures, { recursive: true });
  browser = await startBrowser(executable);
});
afterAll(async () => {
  if (!executable) return;
  await browser.close();
  await rm(out, { recursive: true });
});

interface Look {
  colorScheme: 'light' | 'dark';
  viewport: typeof PHONE;
}

/** Opens a file of the report; returns its console messages and its requests. */
async function opened(file: string, look: Look, use: (page: Page) => Promise<void>): Promise<string[]> {
  const context = await browser.newContext(look);
  const noise: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => noise.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  page.on('request', (request) => noise.push(`request: ${request.url()}`));
  await page.goto(pathToFileURL(file).href);
  await use(page);
  await context.close();
  return noise;
}

const alone = (file: string): string[] => [`request: ${pathToFileURL(file).href}`];

/** Elements that reach beyond the right edge of the page, in pixels. */
const EXCESS = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const OPEN_ALL = 'document.querySelectorAll("details").forEach((part) => { part.open = true; })';
const UNTOLD = `[...document.querySelectorAll('svg, img')].filter((picture) =>
  picture.localName === 'img' ? !picture.alt : !(picture.getAttribute('aria-labelledby') ?? '').split(' ')
    .every((id) => (document.getElementById(id)?.textContent ?? '').length > 10)).map((picture) => picture.outerHTML.slice(0, 200))`;

async function photograph(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

const looks = (['light', 'dark'] as const).flatMap((colorScheme) => [
  { name: `phone-${colorScheme}`, colorScheme, viewport: PHONE },
  { name: `desktop-${colorScheme}`, colorScheme, viewport: DESKTOP },
]);

/** The newest published run of the full workload: real names, and every section. */
async function publishedReport(): Promise<string> {
  const folder = 'reports/published';
  const newest = (await readdir(folder)).toSorted().at(-1) ?? '';
  return resolve(folder, newest, 'report.html');
}

describe.skipIf(!executable)('report.html in a browser', () => {
  test.each(looks)('of a published run, on $name, requests nothing, logs nothing and fits', async (look) => {
    const published = await publishedReport();
    const noise = await opened(published, look, async (page) => {
      await page.evaluate(OPEN_ALL);
      expect(await page.evaluate(EXCESS)).toBe(0);
      expect(await page.evaluate(UNTOLD)).toEqual([]);
    });
    expect(noise).toEqual(alone(published));
  });

  test.each(looks)('on $name requests nothing, logs nothing and fits', async ({ name, ...look }) => {
    const noise = await opened(report, look, async (page) => {
      expect(await page.evaluate(EXCESS)).toBe(0);
      await photograph(page, name);
      await page.evaluate(OPEN_ALL);
      expect(await page.evaluate(EXCESS)).toBe(0);
      expect(await page.evaluate('document.querySelectorAll("svg").length')).toBeGreaterThan(10);
      expect(await page.evaluate(UNTOLD)).toEqual([]);
    });
    expect(noise).toEqual(alone(report));
  });

  test.each(looks)('on $name passes the accessibility rules that can be checked', async (look) => {
    await opened(report, look, async (page) => {
      await page.evaluate(OPEN_ALL);
      await page.evaluate(axe.source);
      const found = await page.evaluate<axe.AxeResults>('axe.run()');
      const told = found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]);
      expect(told).toEqual([]);
      expect(found.passes.map(({ id }) => id)).toContain('color-contrast');
    });
  });

  test('on paper cuts no table off', async () => {
    await opened(report, { colorScheme: 'dark', viewport: PAPER }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      const wide = `[...document.querySelectorAll('.scroll')].filter((place) => place.scrollWidth > place.clientWidth + 1)
        .map((place) => [place.getAttribute('aria-label'), place.scrollWidth, place.clientWidth])`;
      expect(await page.evaluate(wide)).toEqual([]);
      const paper = await page.pdf({
        format: 'A4',
        ...(pictures ? { path: join(pictures, 'print.pdf') } : {}),
      });
      expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
    });
  });

  test('every figure is a picture of its own, in both schemes', async () => {
    const folder = join(report, '..', 'figures');
    const names = await readdir(folder);
    expect(names.length).toBeGreaterThan(8);
    for (const file of names.map((name) => join(folder, name))) {
      const noise = await opened(file, { colorScheme: 'light', viewport: PHONE }, async (page) => {
        expect(await page.evaluate('document.documentElement.localName')).toBe('svg');
        expect(await page.evaluate('document.querySelector("parsererror")')).toBeNull();
        expect(await page.evaluate(OUTSIDE), file).toEqual([]);
        expect(await page.evaluate(PAPER_COLOUR)).toBe('rgb(255, 255, 255)');
        await page.emulateMedia({ colorScheme: 'dark' });
        expect(await page.evaluate(PAPER_COLOUR)).toBe('rgb(13, 17, 23)');
      });
      expect(noise).toEqual(alone(file));
    }
  });
});

const PAPER_COLOUR = 'getComputedStyle(document.querySelector(".paper")).fill';

/** Words that reach outside their picture or are too small. */
const OUTSIDE = `(() => { const { width, height } = document.documentElement.viewBox.baseVal;
  const scale = document.documentElement.getScreenCTM().inverse();
  return [...document.querySelectorAll('text')].filter((text) => {
    const box = text.getBoundingClientRect();
    const [from, to] = [new DOMPoint(box.left, box.top), new DOMPoint(box.right, box.bottom)].map((point) => point.matrixTransform(scale));
    return text.textContent && (from.x < 0 || from.y < 0 || to.x > width + 0.5 || to.y > height || parseFloat(getComputedStyle(text).fontSize) < 11);
  }).map((text) => text.textContent); })()`;
