import { parseHTML } from 'linkedom';

/** The elements of a page and its figures; none of them runs, is fetched or takes input. */
const ELEMENTS = new Set(
  [
    'html head meta title style body header main nav footer section h1 h2 p ul ol li a strong',
    'div table caption thead tbody tr th td details summary pre figure figcaption wbr',
    'svg desc g path text tspan rect line circle marker',
  ].flatMap((names) => names.split(' ')),
);

const ATTRIBUTES =
  /^(?:lang|charset|content|name|http-equiv|id|class|role|tabindex|scope|colspan|href|aria-label(?:ledby)?|xmlns|viewBox|width|height|[xydr]|[xy][12]|c[xy]|transform|fill(?:-opacity)?|stroke(?:-[a-z]+)?|text-anchor|font-[a-z]+|paint-order|style|markerUnits|overflow)$/;

interface Element {
  localName: string;
  attributes: Iterable<{ name: string; value: string }>;
}

/** A page as a browser parses it, and its parts that the report did not create. */
export function livePartsOfPage(page: string): string[] {
  const { document } = parseHTML(page) as unknown as {
    document: { querySelectorAll: (selector: string) => Iterable<Element> };
  };
  const elements = [...document.querySelectorAll('*')];
  const count = (name: string): number => elements.filter(({ localName }) => localName === name).length;
  return [
    ...elements.flatMap(foreignParts),
    ...['h1', 'style', 'main', 'body'].filter((name) => count(name) !== 1).map((name) => `not one ${name}`),
    ...(count('meta') === 4 ? [] : ['not four meta elements']),
  ];
}

const foreignParts = ({ localName, attributes }: Element): string[] => [
  ...(ELEMENTS.has(localName) ? [] : [`<${localName}>`]),
  ...[...attributes]
    .filter(({ name, value }) => !ATTRIBUTES.test(name) || !isOwn(name, value))
    .map(({ name, value }) => `${localName} ${name}="${value.slice(0, 60)}"`),
];

/** Links stay within the page or lead to the result beside it; styles only name a marker of the figure. */
function isOwn(name: string, value: string): boolean {
  if (name === 'href') return /^(?:#[a-z0-9-]+|result\.json)$/.test(value);
  if (name === 'style') return /^marker:url\(#figure-[a-z0-9-]+\)$/.test(value);
  return !['fill', 'stroke'].includes(name) || /^(?:none|currentColor|var\(--[a-z]+\))$/.test(value);
}
