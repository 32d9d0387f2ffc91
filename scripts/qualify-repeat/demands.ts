import { percentText } from '../../bench/format/quantity.ts';
import { shareIn, type Agreement, type Share } from './agreement.ts';
import type { GroupAgreement } from './groups.ts';

/** Where intervals are as wide as they say, the next run's point lies in 83 % of the 95 % intervals. */
export const demanded = (isDisturbed: boolean): Record<keyof Agreement, number> => ({
  inside: isDisturbed ? 0.75 : 0.8,
  overlapping: 0.97,
  equalVerdicts: 0.98,
});

const MEASURES = { inside: 'points inside', overlapping: 'overlapping intervals' } as const;

/** What is demanded and not met. Whole groups are judged; the parts of one baseline are only shown. */
export function problemsOf(
  groups: readonly GroupAgreement[],
  equalVerdicts: Share,
  isDisturbed: boolean,
): string[] {
  const least = demanded(isDisturbed);
  const ofGroups = groups
    .filter(({ baseline }) => baseline === undefined)
    .flatMap((group) =>
      (['inside', 'overlapping'] as const).flatMap((measure) =>
        short(group[measure], least[measure], `${group.kind}, ${group.clock}: ${MEASURES[measure]}`),
      ),
    );
  return [...ofGroups, ...short(equalVerdicts, least.equalVerdicts, 'equal verdicts')];
}

/** A share of nothing meets no demand. */
function short(share: Share, least: number, what: string): string[] {
  if (shareIn(share) >= least) return [];
  const found = share.of === 0 ? 'nothing to compare' : percentText(shareIn(share));
  return [`${what}: ${found}, demanded ${percentText(least)}`];
}
