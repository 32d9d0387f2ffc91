import { count } from '../../format/quantity.ts';
import type { LeftOut } from '../../model/source.ts';
import type { Since } from './added-since.ts';

const MOST_NAMES = 5;

/** Some of many, and how many more there are. */
const namesText = (names: readonly string[]): string => {
  const more = names.length - MOST_NAMES;
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${count(more)} more` : '');
};

/** What of a branch is measured: `added since main: a, b, not committed: b`. */
export function addedText({ ref, added, uncommitted }: Since): string {
  const names = namesText(added.map(({ name }) => name));
  const open = uncommitted.length === 0 ? '' : `, not committed: ${namesText(uncommitted)}`;
  return `added since ${ref}: ${names}${open}`;
}

/** What is said where there is nothing to measure. */
export function nothingAddedText({ ref, changed, deleted }: Since): string {
  const others = [
    ...(changed.length > 0 ? [`changed: ${namesText(changed)}`] : []),
    ...(deleted.length > 0 ? [`deleted: ${namesText(deleted)}`] : []),
  ];
  const besides = others.length === 0 ? '' : `; ${others.join('; ')}, though ${ref} has them`;
  return `This branch adds no migration since ${ref}: nothing is measured${besides}`;
}

/** What a branch does to migrations that may be applied already. */
export const changesLeftOut = ({ ref, changed, deleted }: Since): LeftOut[] => [
  ...changed.map((name) => ({
    object: `migration ${name}`,
    reason: `this branch changes it, though ${ref} has it: it is not measured, and counts as it is now`,
  })),
  ...deleted.map((name) => ({
    object: `migration ${name}`,
    reason: `this branch deletes it, though ${ref} has it: it is not measured, and counts as if it had never been`,
  })),
];
