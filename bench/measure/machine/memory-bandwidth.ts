import { performance } from 'node:perf_hooks';

const BYTES = 64 * 1024 ** 2;
/** One number of eight bytes of each cache line of 64: the time goes into fetching, not into adding. */
const STEP = 8;

/** @returns a function that reads 64 MB, made once, and tells how many bytes a second that came to */
export function memoryReader(): () => number {
  const numbers = new Float64Array(BYTES / Float64Array.BYTES_PER_ELEMENT).fill(1);
  return () => {
    const startMs = performance.now();
    let sum = 0;
    for (let position = 0; position < numbers.length; position += STEP) sum += numbers[position] ?? 0;
    const seconds = (performance.now() - startMs) / 1000;
    // Without a use of the sum, a compiler could leave the reading out.
    if (sum !== numbers.length / STEP) throw new Error(`the memory's content adds up to ${sum}`);
    return BYTES / seconds;
  };
}
