import type { ServerWideChange } from '../database/server-wide.ts';
import type { Warning } from '../model/outcome.ts';
import { plainText } from '../format/plain-text.ts';

/** What the SQL of a suite should not have changed, or somebody else has meanwhile. */
export const warnOfChange = ({ what, isTakenBack }: ServerWideChange): Warning => ({
  code: 'server-wide',
  cause: `since the run began there is ${plainText(what)}, which is no part of a database`,
  remedy: isTakenBack
    ? 'it was taken back: take it out of the candidate, or set it on the server that is measured'
    : 'if the candidate has made it, take it out of the candidate and off the server',
});
