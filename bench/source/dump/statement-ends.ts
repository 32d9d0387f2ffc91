/** What a line begins in the middle of. */
type Inside =
  | { in: 'statement' }
  | { in: 'text'; marks: RegExp }
  /** Comments nest. */
  | { in: 'comment'; depth: number };

const STATEMENT: Inside = { in: 'statement' };

/** Letters of any alphabet have bytes from 80 on. */
const WORD = String.raw`[A-Za-z_\x80-\xff][\w$\x80-\xff]*`;
const TAG = String.raw`\$(?:[A-Za-z_\x80-\xff][\w\x80-\xff]*)?\$`;

/** What decides where a statement ends, in the order in which it is looked for. */
const TOKEN = new RegExp(String.raw`--|/\*|[eE]'|['"();]|${TAG}|${WORD}`, 'g');

const OF_TEXT = /'/g;
const OF_ESCAPED_TEXT = /\\[^]|''|'/g;
const OF_NAME = /"/g;
const COMMENT_MARK = /\/\*|\*\//g;

/**
 * Finds where statements end, line by line, as PostgreSQL's lexer does (PostgreSQL manual, 4.1): a dump is not held in
 * memory, and one of a later major than the parser's own is split all the same.
 */
export class StatementEnds {
  #inside: Inside = STATEMENT;
  #parentheses = 0;
  /** Of `BEGIN ATOMIC ... END` and `CASE ... END` in the body of a function. */
  #blocks = 0;
  #lastWord = '';

  /** Whether the next line begins a statement, and not a part of one that has begun before. */
  get isBetween(): boolean {
    return this.#inside.in === 'statement' && this.#parentheses === 0 && this.#blocks === 0;
  }

  /**
   * @param line in which each character is a byte
   * @returns the places behind the semicolons that end a statement
   */
  in(line: string): number[] {
    const ends: number[] = [];
    let at = 0;
    while (at < line.length) {
      if (this.#inside.in === 'comment') at = this.#leaveComment(line, at, this.#inside.depth);
      else if (this.#inside.in === 'text') at = this.#leaveText(line, at, this.#inside.marks);
      else at = this.#take(line, at, ends);
    }
    return ends;
  }

  #take(line: string, from: number, ends: number[]): number {
    TOKEN.lastIndex = from;
    const [token] = TOKEN.exec(line) ?? [];
    if (token === undefined || token === '--') return line.length;
    const at = TOKEN.lastIndex;
    const marks = marksOf(token);
    if (marks) this.#inside = { in: 'text', marks };
    else if (token === '/*') this.#inside = { in: 'comment', depth: 1 };
    else if (token === '(') this.#parentheses++;
    else if (token === ')') this.#parentheses--;
    else if (token !== ';') this.#countBlocks(token.toUpperCase());
    else if (this.#parentheses === 0 && this.#blocks === 0) ends.push(at);
    return at;
  }

  #countBlocks(word: string): void {
    if (word === 'ATOMIC' && this.#lastWord === 'BEGIN') this.#blocks++;
    else if (word === 'CASE' && this.#blocks > 0) this.#blocks++;
    else if (word === 'END' && this.#blocks > 0) this.#blocks--;
    this.#lastWord = word;
  }

  #leaveText(line: string, from: number, marks: RegExp): number {
    marks.lastIndex = from;
    const [mark] = marks.exec(line) ?? [];
    if (mark === undefined) return line.length;
    if (marks !== OF_ESCAPED_TEXT || mark === "'") this.#inside = STATEMENT;
    return marks.lastIndex;
  }

  #leaveComment(line: string, from: number, depth: number): number {
    COMMENT_MARK.lastIndex = from;
    const [mark] = COMMENT_MARK.exec(line) ?? [];
    if (mark === undefined) return line.length;
    const left = mark === '/*' ? depth + 1 : depth - 1;
    this.#inside = left === 0 ? STATEMENT : { in: 'comment', depth: left };
    return COMMENT_MARK.lastIndex;
  }
}

/** What may end the text that a token begins. Elsewhere, a doubled quote ends one text and begins the next. */
function marksOf(token: string): RegExp | undefined {
  if (token === "'") return OF_TEXT;
  if (token === '"') return OF_NAME;
  if (token === "e'" || token === "E'") return OF_ESCAPED_TEXT;
  if (!token.startsWith('$')) return undefined;
  return new RegExp(token.replaceAll('$', String.raw`\$`), 'g');
}
