import { scanSync } from 'libpg-query';

type Token = ReturnType<typeof scanSync>['tokens'][number];

/** SQL with other literals and without its comments; undefined for what the scanner of PostgreSQL does not read. */
export function withTokens(sql: string, literal: (token: Token) => string): string | undefined {
  const tokens = tokensOf(sql);
  if (!tokens) return undefined;
  const bytes = Buffer.from(sql);
  const parts: Buffer[] = [];
  let done = 0;
  for (const token of tokens) {
    const other = isLiteral(token) ? literal(token) : isComment(token) ? ' ' : undefined;
    if (other === undefined) continue;
    parts.push(bytes.subarray(done, token.start), Buffer.from(other));
    done = token.end;
  }
  return Buffer.concat([...parts, bytes.subarray(done)])
    .toString()
    .trim();
}

const isLiteral = ({ tokenName, text }: Token): boolean => tokenName.endsWith('SCONST') || /^u&'/i.test(text);

const isComment = ({ tokenName }: Token): boolean => /^(SQL|C)_COMMENT$/.test(tokenName);

/** The tokens of an SQL text; undefined where the scanner of PostgreSQL does not read it. */
export function tokensOf(sql: string): Token[] | undefined {
  try {
    return scanSync(sql).tokens;
  } catch {
    return undefined;
  }
}
