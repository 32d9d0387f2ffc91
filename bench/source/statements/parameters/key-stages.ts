import { drawBounds, drawGroupBounds } from './draw-bounds.ts';
import { drawList } from './draw-list.ts';
import { drawEqual, drawJsonKey, drawRow } from './draw-values.ts';
import { byExpression, type Level } from './level.ts';
import { numbersIn } from './places.ts';
import type { DrawnUse, Use } from './use.ts';

/** Each stage knows the values of those before it. */
export function drawStages(level: Level, uses: readonly Use[]): void {
  const ofKind = <K extends Use['kind']>(kind: K) =>
    uses.filter((use): use is Extract<Use, { kind: K }> => use.kind === kind);
  for (const use of ofKind('json key').toSorted(byDepth)) drawJsonKey(level, use);
  drawEqual(level, ofKind('equal'));
  for (const [, sameColumn] of byExpression(level, [...ofKind('element'), ...ofKind('array')]))
    drawList(level, sameColumn);
  drawBounds(level, ofKind('bound'));
  drawRow(level, ofKind('row'));
  drawGroupBounds(level, ofKind('group bound'));
}

/** `data -> $1` before `data -> $1 -> $2`. */
const byDepth = (one: DrawnUse, other: DrawnUse): number => numbersIn(one.of).size - numbersIn(other.of).size;
