import { STOLEN } from '../analyse/rounds.ts';
import { percentText } from '../format/quantity.ts';
import type { Night } from '../model/night.ts';

/** Why the times of a night tell nothing, whatever they are compared with; undefined where they do. */
export function unreliability({ isNoisy, machine }: Night): string | undefined {
  const stolen = machine?.stealShare ?? 0;
  if (stolen >= STOLEN)
    return `the hypervisor of this night's machine gave ${percentText(stolen)} of the time to others`;
  return isNoisy
    ? 'the canaries of this night show a difference between two copies without the candidate'
    : undefined;
}
