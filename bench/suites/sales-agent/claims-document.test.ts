import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { claims } from './claims.ts';

const document = readFileSync(new URL('indexing-strategy.md', import.meta.url), 'utf8');

/** From each heading to the next. */
const sections = document.split(/^(?=#)/m).map((text) => ({
  heading: /^#+ (.*?):?$/m.exec(text)?.[1] ?? '',
  text,
}));

const placeOf = ({ section, quote }: { section: string; quote: string }) =>
  sections.find(({ heading, text }) => heading === section && text.includes(quote));

/** Blanks that keep every other character where it is. */
const blank = (text: string, what: RegExp): string =>
  text.replace(what, (match) => match.replace(/[^\n]/g, ' '));

/** What holds numbers that state nothing: code, addresses, dates, revisions, numbers of headings and lists. */
const STATING_NOTHING = [
  /```[\s\S]*?```/g,
  /https?:\S+/g,
  /\d{4}-\d{2}-\d{2}/g,
  /`\d{3}_\w+\.py`/g,
  /\*\*(?:[0-9a-f]{12}|00\d)\*\*/g,
  /^#+ (?:Example )?\d+[.:]/gm,
  /^\d+\. /gm,
];

function figures(text: string): { figure: string; at: number }[] {
  const prose = STATING_NOTHING.reduce(blank, text);
  return [...prose.matchAll(/(?<![\w-])[~<>]?\d+(?:-\d+)?(?:x|%|ms|k)?(?![\w])/g)].map((match) => ({
    figure: match[0],
    at: match.index,
  }));
}

/** Whether a claim of the section quotes the text at that place. */
const isClaimed = (heading: string, text: string, { figure, at }: { figure: string; at: number }): boolean =>
  claims
    .filter(({ section }) => section === heading)
    .some(({ quote }) => {
      for (let start = text.indexOf(quote); start >= 0; start = text.indexOf(quote, start + 1))
        if (start <= at && at + figure.length <= start + quote.length) return true;
      return false;
    });

describe('the claims', () => {
  test('quote the document verbatim, each under its heading, and have different ids', () => {
    expect(claims.filter((claim) => !placeOf(claim))).toEqual([]);
    expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
  });

  test('leave out no figure of the document', () => {
    const all = sections.flatMap(({ heading, text }) =>
      figures(text).map((found) => ({
        heading,
        figure: found.figure,
        claimed: isClaimed(heading, text, found),
      })),
    );
    expect(all.map(({ figure }) => figure)).toEqual(
      expect.arrayContaining([
        '10-100x',
        '>10k',
        '5-50x',
        '3-20x',
        '95%',
        '500ms',
        '<5%',
        '~10-15%',
        '~15x',
        '50k',
      ]),
    );
    expect(all.filter(({ claimed }) => !claimed)).toEqual([]);
  });

  test('stand in the order of the document', () => {
    const headings = claims.map((claim) => sections.findIndex((section) => section === placeOf(claim)));
    expect(headings).toEqual(headings.toSorted((a, b) => a - b));
  });
});
