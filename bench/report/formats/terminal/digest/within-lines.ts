/**
 * The first of these paragraphs, as many as this number of lines has room for; a last line counts the others, which
 * only the report has.
 *
 * @param noun what a paragraph is, in the plural
 */
export function withinLines(
  paragraphs: readonly string[],
  most: number,
  noun: string,
  indent = '',
): string[] {
  if (linesIn(paragraphs) <= most) return [...paragraphs];
  const shown = paragraphs.filter((_, at) => linesIn(paragraphs.slice(0, at + 1)) < most);
  const rest = paragraphs.length - shown.length;
  return [...shown, `${indent}${shown.length > 0 ? 'and ' : ''}${rest} more ${noun}: in the report`];
}

export const linesIn = (paragraphs: readonly string[]): number =>
  paragraphs.reduce((sum, paragraph) => sum + paragraph.split('\n').length, 0);

/** The first two lines of a paragraph. A line of a digest has room for the ellipsis. */
export function twoLines(paragraph: string): string {
  const lines = paragraph.split('\n');
  return lines.length <= 2 ? paragraph : `${lines.slice(0, 2).join('\n')}…`;
}
