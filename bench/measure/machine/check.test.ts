import { expect, test } from 'vitest';
import { MachineCheck } from '../../model/machine.ts';
import { checkMachine } from './check.ts';

test('finds figures that a result can hold', async () => {
  const check = await checkMachine(new AbortController().signal);
  expect(MachineCheck.parse(check)).toEqual(check);
  expect(check.memory.fastest).toBeGreaterThanOrEqual(check.memory.bytesPerSecond);
  expect(check.timer.stepNs).toBeGreaterThan(0);
});

test('an interruption ends it', async () => {
  await expect(checkMachine(AbortSignal.abort())).rejects.toThrow('abort');
});
