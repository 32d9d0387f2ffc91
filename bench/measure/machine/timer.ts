import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import type { MachineCheck } from '../../model/machine.ts';

/** Takes about 5 ms where a reading takes 50 ns. */
const READINGS = 100_000;
const NS_PER_MS = 1e6;

const CLOCK_SOURCE = '/sys/devices/system/clocksource/clocksource0/current_clocksource';

/** The clock that every duration is measured with. */
export async function examineTimer(): Promise<MachineCheck['timer']> {
  const source = await readFile(CLOCK_SOURCE, 'utf8').catch(() => '');
  return { ...readRepeatedly(), ...(source.trim() !== '' && { source: source.trim() }) };
}

function readRepeatedly(): Pick<MachineCheck['timer'], 'readNs' | 'stepNs'> {
  const startMs = performance.now();
  let [lastMs, stepMs] = [startMs, Infinity];
  for (let reading = 0; reading < READINGS; reading++) {
    const nowMs = performance.now();
    if (nowMs > lastMs) stepMs = Math.min(stepMs, nowMs - lastMs);
    lastMs = nowMs;
  }
  const spentMs = lastMs - startMs;
  const inNs = (ms: number): number => Math.round(ms * NS_PER_MS);
  return { readNs: inNs(spentMs / READINGS), stepNs: inNs(Math.min(stepMs, spentMs)) };
}
