import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Power } from '../../model/machine.ts';

/**
 * What Linux tells of the machine's power ("CPU Performance Scaling" in its administrator's guide; sysfs-class-power in
 * its ABI). A virtual machine tells hardly anything, and other systems nothing.
 *
 * @param root where /sys and /proc are
 */
export async function examinePower(root = '/'): Promise<Power> {
  const read = (...path: string[]): Promise<string | undefined> => textOf(join(root, ...path));
  const governor = await governors(root);
  const boost = await boostOf(read);
  const onBattery = await isOnBattery(root);
  const processor = await read('proc/cpuinfo');
  const isVirtual = processor === undefined ? undefined : isGuest(processor);
  return {
    ...(governor !== undefined && { governor }),
    ...(boost !== undefined && { boost }),
    ...(onBattery !== undefined && { onBattery }),
    ...(isVirtual !== undefined && { isVirtual }),
  };
}

type Read = (path: string) => Promise<string | undefined>;

const textOf = async (path: string): Promise<string | undefined> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim() || undefined;
};

const entriesOf = (directory: string): Promise<string[]> => readdir(directory).catch(() => []);

/** Each group of cores has its own. */
async function governors(root: string): Promise<string | undefined> {
  const directory = join(root, 'sys/devices/system/cpu/cpufreq');
  const groups = (await entriesOf(directory)).filter((name) => name.startsWith('policy'));
  const found = await Promise.all(groups.map((name) => textOf(join(directory, name, 'scaling_governor'))));
  const names = [...new Set(found.filter((name) => name !== undefined))].sort();
  return names.length > 0 ? names.join(' and ') : undefined;
}

/** Intel's driver has a switch of its own, which turns boost off. */
async function boostOf(read: Read): Promise<boolean | undefined> {
  const off = await read('sys/devices/system/cpu/intel_pstate/no_turbo');
  if (off !== undefined) return off === '0';
  const on = await read('sys/devices/system/cpu/cpufreq/boost');
  return on === undefined ? undefined : on === '1';
}

/** Batteries of a mouse or a keyboard have the scope "Device". */
async function isOnBattery(root: string): Promise<boolean | undefined> {
  const directory = join(root, 'sys/class/power_supply');
  const supplies = await Promise.all(
    (await entriesOf(directory)).map(async (name) => ({
      type: await textOf(join(directory, name, 'type')),
      scope: await textOf(join(directory, name, 'scope')),
      status: await textOf(join(directory, name, 'status')),
    })),
  );
  const batteries = supplies.filter(({ type, scope }) => type === 'Battery' && scope !== 'Device');
  return batteries.length > 0 ? batteries.some(({ status }) => status === 'Discharging') : undefined;
}

/** A hypervisor sets this flag on x86; other processors have no such flag. */
function isGuest(processor: string): boolean | undefined {
  const [, flags] = /^flags\s*:(.*)$/m.exec(processor) ?? [];
  return flags?.split(' ').includes('hypervisor');
}
