import stringWidth from 'string-width';

/** Text of at most `width` columns: an ellipsis replaces its middle, because statements often begin alike. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const tail = beginning(characters.toReversed(), Math.floor((width - 1) / 3))
    .toReversed()
    .join('');
  const head = beginning(characters, width - 1 - stringWidth(tail)).join('');
  return `${head.trimEnd()}…${tail.trimStart()}`;
}

/** The first characters that fit into this many columns. */
function beginning(characters: readonly string[], width: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += stringWidth(character);
    return used > width;
  });
  return characters.slice(0, end === -1 ? undefined : end);
}
