import { most } from '../model/extent.ts';
import { isDisturbed, type JudgedRound, type RoundCause } from '../model/round.ts';
import { counted, percentText, seconds, significant } from './quantity.ts';

type Kind = RoundCause['kind'];

interface Way {
  name: string;
  /** How far it went in these rounds. */
  extent: (rounds: readonly JudgedRound[]) => string;
}

const WAYS: readonly [Kind, Way][] = [
  ['scan', { name: 'slow reference scan', extent: (rounds) => slowest(rounds, 'scan') }],
  ['loop', { name: 'slow reference loop', extent: (rounds) => slowest(rounds, 'loop') }],
  ['steal', { name: 'stolen time', extent: (rounds) => `up to ${percentText(most(rounds.map(stolen)))}` }],
  ['pause', { name: 'pause', extent: (rounds) => `up to ${longest(rounds.flatMap(pausesMs))}` }],
  ['clock step', { name: 'machine suspended, or its clock set', extent: placesOfSteps }],
];

/** "3 of 20 rounds disturbed: slow reference scan in 2 (up to 3.10x), stolen time in 1 (up to 8.0 %)". */
export function disturbedRounds(rounds: readonly JudgedRound[]): string {
  const disturbed = rounds.filter(isDisturbed);
  if (disturbed.length === 0) return `${counted(rounds.length, 'round')}, the reference work slow in none`;
  const ways = WAYS.flatMap(([kind, { name, extent }]) => {
    const own = disturbed.filter(({ causes }) => causes.some((cause) => cause.kind === kind));
    return own.length > 0 ? [`${name} in ${own.length} (${extent(own)})`] : [];
  });
  return `${disturbed.length} of ${counted(rounds.length, 'round')} disturbed: ${ways.join(', ')}`;
}

const slowest = (rounds: readonly JudgedRound[], work: 'scan' | 'loop'): string =>
  `up to ${significant(most(rounds.map(({ relative }) => relative[work])))}x`;

const stolen = ({ reference }: JudgedRound): number => reference.stealShare ?? 0;

const pausesMs = ({ causes }: JudgedRound): number[] =>
  causes.flatMap((cause) => (cause.kind === 'pause' ? [cause.pauseMs] : []));

const longest = (durationsMs: readonly number[]): string => seconds(most(durationsMs) / 1000);

function placesOfSteps(rounds: readonly JudgedRound[]): string {
  const places = rounds.flatMap(({ ordinal, causes }) =>
    causes.flatMap((cause) =>
      cause.kind === 'clock step' ? [`round ${ordinal} by ${seconds(cause.stepMs / 1000)}`] : [],
    ),
  );
  return places.join(', ');
}
