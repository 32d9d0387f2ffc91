/** What the comments before a statement say of it. */
export interface QueryComments {
  weight?: string | undefined;
  key?: string | undefined;
  title?: string | undefined;
}

const COMMENT = /^\s*--\s*(?:(weight|key|title):)?\s*(.*?)\s*$/i;

/**
 * Reads `-- weight: 120`, `-- title: ...` and `-- key: SELECT ...`; comment lines after a key continue it.
 *
 * @param text between one statement and the next
 */
export function commentsIn(text: string): QueryComments {
  const found: Record<string, string> = {};
  let last: string | undefined;
  for (const line of text.split('\n')) {
    const [, label, value] = COMMENT.exec(line) ?? [];
    if (value === undefined) continue;
    if (label !== undefined) found[(last = label.toLowerCase())] = value;
    else if (last === 'key') found.key = `${found.key ?? ''}\n${value}`;
  }
  return found;
}
