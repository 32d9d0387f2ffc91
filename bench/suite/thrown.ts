/** What something that was thrown says of itself; a module may throw anything, also what has no text. */
export function reasonOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return 'it threw something that cannot be shown';
  }
}
