/** How an object of the rebuilt database differs from that of the source, in words; empty where it does not. */
export function differenceOf(
  object: string,
  expected: string | undefined,
  found: string | undefined,
): readonly string[] {
  if (expected === found) return [];
  if (found === undefined) return [`${object} is missing`];
  if (expected === undefined) return [`${object} is not in the source`];
  const [is, was] = [onOneLine(found), onOneLine(expected)];
  const start = beginningAt(is, was);
  return [`${object} differs: ${excerpt(is, start)} instead of ${excerpt(was, start)}`];
}

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const LONGEST = 160;
/** What is shown before the first difference of long definitions. */
const LEAD = 40;

function beginningAt(one: string, other: string): number {
  if (Math.max(one.length, other.length) <= LONGEST) return 0;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  return Math.max(0, same - LEAD);
}

const excerpt = (text: string, start: number): string =>
  (start > 0 ? '... ' : '') +
  text.slice(start, start + LONGEST) +
  (text.length > start + LONGEST ? ' ...' : '');
