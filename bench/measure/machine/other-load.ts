import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';

/** Time that all cores have worked since the machine was started, and of it that of this process. */
interface Worked {
  atMs: number;
  allMs: number;
  ownMs: number;
}

function workedUntilNow(): Worked | undefined {
  const all = cpus().map(({ times }) => times.user + times.nice + times.sys + times.irq);
  if (all.length === 0) return undefined;
  const { user, system } = process.cpuUsage();
  const allMs = all.reduce((sum, one) => sum + one, 0);
  return { atMs: performance.now(), allMs, ownMs: (user + system) / 1000 };
}

/**
 * Watches from now on what other processes use of the cores.
 *
 * @returns a function that tells their mean number of cores since; undefined where the system does not tell
 */
export function watchOtherLoad(): () => number | undefined {
  const from = workedUntilNow();
  return () => {
    const to = workedUntilNow();
    if (!from || !to || to.atMs <= from.atMs) return undefined;
    const othersMs = to.allMs - from.allMs - (to.ownMs - from.ownMs);
    return Math.max(0, othersMs / (to.atMs - from.atMs));
  };
}
