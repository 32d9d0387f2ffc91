/** Breaks text at spaces into lines of at most `width` characters; all but the first get two more of indent. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ').flatMap((long) => pieces(long, width - indent.length - 2))) {
    const isFull = line.trim() !== '' && line.length + 1 + word.length > width;
    if (isFull) {
      lines.push(line);
      line = `${indent}  `;
    }
    line += line.trim() === '' ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}

/** A word that no line can hold is cut. */
function pieces(word: string, width: number): string[] {
  return word.length <= width ? [word] : [word.slice(0, width), ...pieces(word.slice(width), width)];
}
