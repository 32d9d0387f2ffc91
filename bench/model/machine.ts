import { z } from 'zod';

const nanoseconds = z.number().nonnegative();
const bytesPerSecond = z.number().positive();

/** What of the machine's power bears on times. What the system does not tell is missing. */
export const Power = z.strictObject({
  /** How Linux chooses the frequency of the cores; several where they differ. */
  governor: z.string().optional(),
  /** Whether cores may run above their nominal frequency. */
  boost: z.boolean().optional(),
  onBattery: z.boolean().optional(),
  /** Missing where the processor does not tell. */
  isVirtual: z.boolean().optional(),
});
export type Power = z.infer<typeof Power>;

/** The machine of the harness, right before anything was measured. */
export const MachineCheck = z.strictObject({
  timer: z.strictObject({
    /** What reading the clock takes. */
    readNs: nanoseconds,
    /** The smallest difference between two readings that are not the same. */
    stepNs: nanoseconds,
    /** The kernel's clock source; missing where it does not tell. */
    source: z.string().optional(),
  }),
  /** Reads of an array that no cache holds: their median, and the fastest. */
  memory: z.strictObject({ bytesPerSecond, fastest: bytesPerSecond }),
  /** In cores: what other processes have used meanwhile. Missing where the system does not tell. */
  otherLoad: z.number().nonnegative().optional(),
  /** The share of the time that the hypervisor gave to others; missing where the kernel does not tell. */
  stealShare: z.number().min(0).max(1).optional(),
  power: Power,
});
export type MachineCheck = z.infer<typeof MachineCheck>;
