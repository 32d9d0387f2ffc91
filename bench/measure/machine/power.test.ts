import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Power } from '../../model/machine.ts';
import { examinePower } from './power.ts';

/** What a system with these files tells. */
async function powerOf(files: Readonly<Record<string, string>>): Promise<Power> {
  const root = await mkdtemp(join(tmpdir(), 'power-'));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, dirname(name)), { recursive: true });
    await writeFile(join(root, name), `${text}\n`);
  }
  return examinePower(root);
}

const FREQUENCY = 'sys/devices/system/cpu/cpufreq';
const SUPPLY = 'sys/class/power_supply';

test('a server tells its governor once for all cores, and whether they boost', async () => {
  const power = await powerOf({
    [`${FREQUENCY}/policy0/scaling_governor`]: 'performance',
    [`${FREQUENCY}/policy1/scaling_governor`]: 'performance',
    [`${FREQUENCY}/boost`]: '1',
    'proc/cpuinfo': 'processor\t: 0\nflags\t\t: fpu vme sse2',
  });
  expect(power).toEqual({ governor: 'performance', boost: true, isVirtual: false });
});

test('a laptop tells that its own battery empties, whatever that of its mouse does', async () => {
  const supplies = {
    [`${SUPPLY}/BAT0/type`]: 'Battery',
    [`${SUPPLY}/BAT0/status`]: 'Discharging',
    [`${SUPPLY}/mouse/type`]: 'Battery',
    [`${SUPPLY}/mouse/scope`]: 'Device',
    [`${SUPPLY}/mouse/status`]: 'Discharging',
  };
  expect(await powerOf(supplies)).toEqual({ onBattery: true });
  expect(await powerOf({ ...supplies, [`${SUPPLY}/BAT0/status`]: 'Charging' })).toEqual({ onBattery: false });
});

test("Intel's own switch turns boost off, and cores may differ in their governors", async () => {
  const power = await powerOf({
    'sys/devices/system/cpu/intel_pstate/no_turbo': '1',
    [`${FREQUENCY}/policy0/scaling_governor`]: 'schedutil',
    [`${FREQUENCY}/policy4/scaling_governor`]: 'performance',
  });
  expect(power).toEqual({ governor: 'performance and schedutil', boost: false });
});

test('a virtual machine tells that it is one, and a system without these files nothing', async () => {
  expect(await powerOf({ 'proc/cpuinfo': 'flags\t\t: fpu hypervisor lahf_lm' })).toEqual({ isVirtual: true });
  expect(await powerOf({})).toEqual({});
});
