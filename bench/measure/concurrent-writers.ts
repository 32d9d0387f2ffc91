import { performance } from 'node:perf_hooks';
import type { Connection } from '../database/connection.ts';
import type { Arm, PerArm } from '../model/arm.ts';
import type { Block, Pair } from '../model/pair.ts';
import { toNanosecond } from './block.ts';
import { measureArms } from './pairs.ts';
import type { ArmSessions } from './sessions.ts';
import type { ParameterList, WriteSupply } from './write-supply.ts';

/** Writes of each writer in a block. */
const WRITES_EACH = 100;

/** The first pair logs whole pages. Among few pairs it would decide too much. */
const DISCARDED_PAIRS = 1;

/**
 * Several sessions write at once, each its share of the same parameters on both arms. A block's duration is the time
 * of all its writes over their number: the inverse of the throughput.
 */
export async function measureConcurrentWriters(
  supply: WriteSupply,
  sessions: PerArm<ArmSessions>,
  order: Iterable<Arm>,
  pairs: number,
): Promise<Pair[]> {
  const measured: Pair[] = [];
  for (const first of order) {
    const shares = sessions.before.map(() => supply.take(WRITES_EACH));
    const runner = (arm: Arm) => () => writeAtOnce(supply, sessions[arm], shares);
    const arms = { before: runner('before'), after: runner('after') };
    measured.push({ first, ...(await measureArms(arms, first, measured.length)) });
    if (measured.length === pairs + DISCARDED_PAIRS) break;
  }
  return measured.slice(DISCARDED_PAIRS);
}

async function writeAtOnce(
  supply: WriteSupply,
  writers: readonly Connection[],
  shares: readonly (readonly ParameterList[])[],
): Promise<Block> {
  const start = performance.now();
  await Promise.all(
    writers.map(async (writer, position) => {
      const lists = shares[position] ?? [];
      const execute = supply.executeEach(writer, lists);
      for (let remaining = lists.length; remaining > 0; remaining--) await execute();
    }),
  );
  const executions = writers.length * WRITES_EACH;
  return { medianMs: toNanosecond((performance.now() - start) / executions), executions };
}
