import type { LeftBehind } from '../servers/server-request.ts';
import type { Warning } from '../model/outcome.ts';
import { plainText } from '../format/plain-text.ts';

/** Nothing that was measured is the worse for it, but somebody has to remove it. */
export const warnOfLeftBehind = ({ name, reason, command }: LeftBehind): Warning => ({
  code: 'left-behind',
  cause: plainText(`${name} was left on the server: ${reason}`),
  remedy: `remove it when nobody uses it any more: ${command}`,
});
