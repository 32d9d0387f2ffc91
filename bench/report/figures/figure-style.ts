/**
 * Colours by meaning, in both schemes: text has a contrast of at least 4.5:1 with the paper, marks at least 3:1 (WCAG
 * 2.2, 1.4.3 and 1.4.11). Shapes and words say the same as the colours.
 */
export const PALETTE = {
  light: {
    paper: '#ffffff',
    ink: '#1b1f24',
    muted: '#57606a',
    grid: '#d8dee4',
    faster: '#116329',
    slower: '#b3261e',
    inconclusive: '#7d4e00',
    unstable: '#6639ba',
    before: '#9a5b00',
    after: '#0550ae',
    band: '#ddeaff',
  },
  dark: {
    paper: '#0d1117',
    ink: '#e6edf3',
    muted: '#9ea7b3',
    grid: '#30363d',
    faster: '#56d364',
    slower: '#ff7b72',
    inconclusive: '#e3b341',
    unstable: '#d2a8ff',
    before: '#f0a04b',
    after: '#79c0ff',
    band: '#14304f',
  },
} as const;

export type Colour = keyof (typeof PALETTE)['light'];

export const colour = (name: Colour): string => `var(--${name})`;

/** The palette as custom properties of a selector. */
export const properties = (scheme: keyof typeof PALETTE): string =>
  Object.entries(PALETTE[scheme])
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

export const FIGURE_STYLE = [
  `.figure{${properties('light')};color:var(--ink);font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}`,
  `@media (prefers-color-scheme:dark){.figure{${properties('dark')}}}`,
  '.figure .paper{fill:var(--paper)}.figure .strong{font-weight:600}.figure .quiet{fill:var(--muted)}',
  '.figure .grid{stroke:var(--grid)}.figure .rule{stroke:var(--ink)}.figure .tick{font-size:11px;text-anchor:end}',
  '.figure .run{fill:none;stroke:var(--after);stroke-opacity:.5;stroke-linejoin:round}.figure .dot{fill:var(--after)}',
  '.figure .before{fill:var(--before)}.figure .after{fill:var(--after)}.figure .branch{fill:none;stroke:var(--muted)}',
  `@media print{.figure{${properties('light')}}}`,
].join('');
