/** In characters, each of which takes a column. */
export const lengthOf = (line: string): number => Array.from(line).length;

/** A line cut to at most `width` characters; an ellipsis says that it was. */
export function cut(line: string, width: number): string {
  const characters = Array.from(line);
  return characters.length <= width ? line : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
