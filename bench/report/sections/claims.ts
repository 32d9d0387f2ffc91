import type { ClaimEvidence, ClaimResult, ClaimVerdict } from '../../model/claim.ts';
import { isNoisyRun } from '../../model/noise.ts';
import type { Result } from '../../model/result.ts';
import { left, type Column, type Layout, type Section, type Table } from './section.ts';

const MARKS: Readonly<Record<ClaimVerdict, string>> = {
  confirmed: '+',
  refuted: 'x',
  partly: '~',
  'not measurable here': '-',
};

/** The verdict on every claim of the suite's document. */
export function claimsSection({ claims, canaries }: Result, layout: Layout): Section {
  const tables = layout === 'page' ? pageTables(claims) : [screenTable(claims, layout)];
  return {
    title: 'Claims',
    tables: tables.filter(({ rows }) => rows.length > 0),
    remarks: [
      ...(layout === 'page'
        ? []
        : [legend(claims), 'report.md has what would confirm each claim, and what was found']),
      ...(isNoisyRun({ canaries })
        ? ['the run is noisy: repeat it before you rely on claims about times']
        : []),
    ],
  };
}

/** A table for each part of the document. Each piece of evidence is a row; the first row has the claim. */
function pageTables(claims: readonly ClaimResult[]): Table[] {
  const sections = [...new Set(claims.map(({ section }) => section))];
  return sections.map((caption) => ({
    caption,
    columns: ['claim', 'verdict', 'baseline', 'what was found', 'by itself', 'confirmed by'].map(left),
    rows: claims.filter(({ section }) => section === caption).flatMap(pageRows),
  }));
}

function pageRows({ quote, verdict, evidence, confirmedBy }: ClaimResult): string[][] {
  const [first = ['', '', ''], ...others] = evidence.map((found) => [
    found.baseline ?? '',
    found.text,
    evidence.length > 1 ? found.verdict : '',
  ]);
  return [[legible(quote), verdict, ...first, confirmedBy], ...others.map((cells) => ['', '', ...cells, ''])];
}

function screenTable(claims: readonly ClaimResult[], layout: Layout): Table {
  const columns: Column[] = [left('claim'), left('')];
  if (layout === 'narrow')
    return { caption: undefined, columns, rows: claims.map((claim) => [...claimCells(claim)]) };
  return {
    caption: undefined,
    columns: [...columns, left('what was found')],
    rows: claims.map((claim) => [...claimCells(claim), sentences(claim.evidence)]),
  };
}

const claimCells = ({ quote, verdict }: ClaimResult): string[] => [legible(quote), MARKS[verdict]];

/** A finding that is equal on several baselines is shown once. */
function sentences(evidence: readonly ClaimEvidence[]): string {
  const texts = [...new Set(evidence.map(({ text }) => text))];
  return texts
    .map((text) => {
      const baselines = evidence
        .filter((found) => found.text === text)
        .flatMap(({ baseline }) => baseline ?? []);
      return baselines.length > 0 ? `${baselines.join(' and ')}: ${text}` : text;
    })
    .join('; ');
}

/** A quote without Markdown's marks for bold, code and table cells. */
const legible = (quote: string): string => quote.replace(/\*\*|`/g, '').replaceAll(' | ', ', ');

function legend(claims: readonly ClaimResult[]): string {
  const found = new Set(claims.map(({ verdict }) => verdict));
  const used = Object.entries(MARKS).filter(([verdict]) => found.has(verdict as ClaimVerdict));
  return used.map(([verdict, mark]) => `${mark} ${verdict}`).join('   ');
}
