import pc from 'picocolors';

export type Style = (text: string) => string;

/** How text stands out on a terminal. */
export interface Styles {
  bold: Style;
  dim: Style;
  /** For table cells: those that hold a verdict's mark get its colour, all others stay. */
  mark: Style;
}

/** No style at all without colour. */
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

/** Nothing stays nothing: escape sequences around it would keep the spaces before it from being trimmed. */
const unlessEmpty =
  (style: Style): Style =>
  (text) =>
    text === '' ? '' : style(text);
