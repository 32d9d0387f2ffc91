import stringWidth from 'string-width';

/** Breaks text at spaces into lines of at most `width` cells; all but the first get two more of indent. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ').flatMap((long) => pieces(long, width - indent.length - 2))) {
    const isFull = line.trim() !== '' && stringWidth(line) + 1 + stringWidth(word) > width;
    if (isFull) {
      lines.push(line.trimEnd());
      line = `${indent}  `;
    }
    line += line.trim() === '' ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}

/** A word that no line can hold is cut, into pieces short enough even if every character is a wide one. */
function pieces(word: string, width: number): string[] {
  if (stringWidth(word) <= width) return [word];
  const characters = Array.from(word);
  const length = Math.floor(width / 2);
  return [characters.slice(0, length).join(''), ...pieces(characters.slice(length).join(''), width)];
}
