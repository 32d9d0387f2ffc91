/** A line cut to at most `width` characters; an ellipsis says that it was. */
export function cut(line: string, width: number): string {
  const characters = Array.from(line);
  return characters.length <= width ? line : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** The fullest of several ways to say the same that fits; where none does, the leanest, cut. */
export function fullestThatFits(ways: readonly string[], width: number): string {
  const fitting = ways.find((way) => Array.from(way).length <= width);
  return fitting ?? cut(ways.at(-1) ?? '', width);
}
