/** What is said of a statement that nests more deeply, or lists more, than this program can follow. */
export const TOO_DEEP = 'it is too long, or nests too deeply';

/** @param otherwise for what is too long or too deep: the stack ends before the statement does */
export function unlessTooDeep<T>(work: () => T, otherwise: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return otherwise();
    throw error;
  }
}
