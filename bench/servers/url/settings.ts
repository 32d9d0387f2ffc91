/**
 * All that is set in a guest's sessions. What decides plans stays as the server has it: a plan that it would not choose
 * says nothing about it. Each of these is needed for measuring itself:
 *
 * - statement_timeout: a statement that hangs ends, and its item with it.
 * - synchronize_seqscans: a scan begins at block 0, and not where another session has been, so that counts repeat and
 *   a LIMIT without an order gives the same rows (PostgreSQL manual, 19.13).
 * - timezone: the same seed gives the same rows on every server.
 */
const MEASURING_SETTINGS = ['statement_timeout', 'synchronize_seqscans', 'timezone'];

/** Those of `settings` that a guest's sessions begin with. */
export const guestSettings = (settings: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => MEASURING_SETTINGS.includes(name)));

/** The URL of another database on the same server. */
export function urlOfDatabase(url: string, database: string | undefined): string {
  const own = new URL(url);
  if (database !== undefined) own.pathname = `/${encodeURIComponent(database)}`;
  return own.href;
}
