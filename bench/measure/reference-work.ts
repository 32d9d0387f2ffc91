/** Work that is the same every time. It returns a checksum, so that no compiler can leave it out. */
export type ReferenceWork = () => number;

/** 8 MB: no usual second-level cache holds it. */
const INTEGERS = 2 ** 21;
/** One integer of each cache line of 64 bytes: the time goes into fetching, not into adding. */
const STEP = 16;

/** Reads an array of 8 MB, made once, line by line: as fast as the memory system hands them out. */
export function referenceScan(): ReferenceWork {
  const integers = new Int32Array(INTEGERS).map((_, position) => position);
  return () => {
    let sum = 0;
    for (let position = 0; position < INTEGERS; position += STEP) sum = (sum + (integers[position] ?? 0)) | 0;
    return sum;
  };
}

/** About 2 ms. */
const STEPS = 1_000_000;

/** A xorshift generator (Marsaglia 2003): each step needs the one before, and none touches memory. */
export const referenceLoop: ReferenceWork = () => {
  let state = 1;
  for (let step = 0; step < STEPS; step++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
  }
  return state;
};
