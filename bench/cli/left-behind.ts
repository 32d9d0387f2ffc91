import { plainText } from '../format/plain-text.ts';
import type { Warning } from '../model/outcome.ts';
import type { LeftBehind } from '../servers/target.ts';
import type { Io } from './io.ts';

/** Nothing that was measured is the worse for it, but somebody has to remove it. */
export const warnOfLeftBehind = ({ name, reason, command }: LeftBehind): Warning => ({
  code: 'left-behind',
  cause: plainText(`${name} was left on the server: ${reason}`),
  remedy: `remove it when nobody uses it any more: ${command}`,
});

export function sayLeftBehind(leftBehind: readonly LeftBehind[], { stderr }: Pick<Io, 'stderr'>): void {
  for (const { cause, remedy } of leftBehind.map(warnOfLeftBehind))
    stderr.write(`index-impact: ${cause}\n${remedy}\n`);
}
