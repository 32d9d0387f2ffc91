import type { Arm } from '../../../model/arm.ts';
import type { ClaimEvidence } from '../../../model/claim.ts';
import type { Estimate } from '../../../model/estimate.ts';
import { durationText, milliseconds, ratioText, significant } from '../../../format/quantity.ts';
import type { MeasuredRead } from '../../../model/item-result.ts';
import type { Claim } from '../../../suite/claim.ts';
import { judged } from './evidence.ts';
import { fromRead, noise } from './found.ts';

/** How far from a figure a measurement may lie and still be about as much, as a factor either way. */
const ABOUT = 1.5;

const isAbout = ({ low, high }: Estimate, value: number): boolean =>
  low <= value * ABOUT && high >= value / ABOUT;

/** What the document prints for a query: two durations in milliseconds and a factor, each quoted up to its figure. */
export interface Performance {
  before: { ms: number; quote: string };
  after: { ms: number; quote: string };
  factor: { times: number; quote: string };
}

type Place = Pick<Claim, 'section'> & { read: string };

/** The claims that a printed performance comes to, in the order of its figures. */
export const performanceClaims = (place: Place, { before, after, factor }: Performance): Claim[] => [
  durationClaim(place, 'before', before),
  durationClaim(place, 'after', after),
  factorClaim(place, factor),
];

const durationClaim = ({ read, section }: Place, arm: Arm, { ms, quote }: Performance['before']): Claim => ({
  id: `${read}-${arm}-ms`,
  section,
  quote,
  confirmedBy:
    `the 95 % interval of the time ${arm} reaches into ${milliseconds(ms / ABOUT)} to ${milliseconds(ms * ABOUT)}` +
    ' on this machine, with all blocks in shared buffers',
  judge: fromRead(read, (measured) => [durationEvidence(measured, arm, ms)]),
});

function durationEvidence(read: MeasuredRead, arm: Arm, ms: number): ClaimEvidence {
  const { durationMs } = read[arm];
  const server = read.server ? `, on the server ${durationText(read.server[arm].durationMs)}` : '';
  return judged(
    isAbout(durationMs, ms),
    `${durationText(durationMs)}${server}${noise([read])}`,
    read.baseline,
  );
}

const factorClaim = ({ read, section }: Place, { times, quote }: Performance['factor']): Claim => ({
  id: `${read}-factor`,
  section,
  quote,
  confirmedBy:
    `the speedup's 95 % interval reaches into ${significant(times / ABOUT)}x to ${significant(times * ABOUT)}x;` +
    ' partly, when only that of the times on the server does',
  judge: fromRead(read, (measured) => [factorEvidence(measured, times)]),
});

function factorEvidence(read: MeasuredRead, times: number): ClaimEvidence {
  const { baseline, estimate, server } = read;
  const onServer = server ? `, on the server ${ratioText(server.estimate)}` : '';
  const text = `${ratioText(estimate)}${onServer}${noise([read])}`;
  if (isAbout(estimate, times)) return judged(true, text, baseline);
  const onlyThere = server !== undefined && isAbout(server.estimate, times);
  if (onlyThere) return { baseline, text, verdict: 'partly' };
  return judged(false, `${estimate.low > times ? 'more' : 'less'}: ${text}`, baseline);
}
