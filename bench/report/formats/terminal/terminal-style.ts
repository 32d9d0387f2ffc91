import pc from 'picocolors';

export type Style = (text: string) => string;

/** How text stands out on a terminal. */
export interface Styles {
  bold: Style;
  dim: Style;
  /** For table cells: colours a cell that holds a verdict's mark and leaves the others. */
  mark: Style;
}

/** Without colour there is no style. */
export function stylesFor(color: boolean): Styles {
  const { bold, dim, green, red, yellow } = pc.createColors(color);
  const tints: Readonly<Record<string, Style>> = {
    '^': green,
    v: red,
    '?': yellow,
    '~': yellow,
    '!': red,
    '+': green,
    x: red,
  };
  const mark: Style = (cell) =>
    cell.replace(
      /^(\(?)([v^?~!+x])(?=\)?(?:$| \d))/,
      (_, open: string, sign: string) => open + (tints[sign]?.(sign) ?? sign),
    );
  return { bold: unlessEmpty(bold), dim: unlessEmpty(dim), mark };
}

/** An empty text stays empty: escape sequences around it would keep the spaces before it from being trimmed. */
const unlessEmpty =
  (style: Style): Style =>
  (text) =>
    text === '' ? '' : style(text);
