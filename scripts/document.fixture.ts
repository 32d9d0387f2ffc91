import { readFileSync } from 'node:fs';
import { marked, type Token, type Tokens } from 'marked';

/** A Markdown file as readers and a code host see it. */
export interface Document {
  path: string;
  lines: number;
  /** Targets of links and images, as written. */
  links: readonly string[];
  /** The anchors: GitHub's slugs of the headings. */
  anchors: readonly string[];
  blocks: readonly CodeBlock[];
  /** Code in a sentence or a table. */
  spans: readonly string[];
}

interface CodeBlock {
  language: string;
  code: string;
  /** Directly under `<!-- runnable -->`: it takes seconds and leaves nothing behind. */
  isRunnable: boolean;
}

export function readDocument(path: string): Document {
  const text = readFileSync(path, 'utf8');
  const top = marked.lexer(text);
  const tokens: Token[] = [];
  void marked.walkTokens(top, (token) => {
    tokens.push(token);
  });
  const ofType = <T extends Tokens.Generic>(...types: string[]): T[] =>
    tokens.filter((token): token is T => types.includes(token.type));
  return {
    path,
    lines: text.trimEnd().split('\n').length,
    links: ofType<Tokens.Link>('link', 'image').map(({ href }) => href),
    anchors: slugs(ofType<Tokens.Heading>('heading').map(({ text }) => text)),
    blocks: codeBlocks(top),
    spans: ofType<Tokens.Codespan>('codespan').map(({ text }) => text),
  };
}

function codeBlocks(top: readonly Token[]): CodeBlock[] {
  const visible = top.filter(({ type }) => type !== 'space');
  return visible.flatMap((token, place) => {
    if (token.type !== 'code') return [];
    const { lang = '', text } = token as Tokens.Code;
    return [{ language: lang, code: text, isRunnable: isMarker(visible[place - 1]) }];
  });
}

const isMarker = (token: Token | undefined): boolean =>
  token?.type === 'html' && token.raw.trim() === '<!-- runnable -->';

/** The second of two equal headings gets a number. */
function slugs(headings: readonly string[]): string[] {
  const plain = headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
  return plain.map((slug, place) => {
    const before = plain.slice(0, place).filter((other) => other === slug).length;
    return before === 0 ? slug : `${slug}-${before}`;
  });
}
