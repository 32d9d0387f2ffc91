import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/**
 * A process that uses the machine's memory like a stranger beside us: it scans 64 MB, more than a second-level cache
 * holds, in a loop for 5 s in every 20. It ends with its standard input, so that nothing can leave it behind.
 */
const WORDS = (64 * 1024 ** 2) / Float64Array.BYTES_PER_ELEMENT;
const BUSY_MS = 5_000;
const PERIOD_MS = 20_000;

const memory = new Float64Array(WORDS).fill(1);

process.stdin.resume().on('close', () => process.exit());

for (;;) {
  const end = performance.now() + BUSY_MS;
  while (performance.now() < end) {
    scan();
    await nextTurn();
  }
  await sleep(PERIOD_MS - BUSY_MS);
}

/** The sum is checked so that no compiler may leave the scan out. */
function scan(): void {
  let sum = 0;
  for (const word of memory) sum += word;
  if (sum !== WORDS) throw new Error('the memory changed');
}
