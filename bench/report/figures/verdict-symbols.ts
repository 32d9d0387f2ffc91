import type { Verdict } from '../../model/estimate.ts';
import { isNoisy, type Warning } from '../../model/outcome.ts';
import type { Shape, Symbol } from './symbols.ts';

/** Plot's triangles point up. */
const DOWN: Shape = {
  draw: (path, size) => {
    const half = Math.sqrt(size / (3 * Math.sqrt(3)));
    path.moveTo(0, 2 * half);
    path.lineTo(-Math.sqrt(3) * half, -half);
    path.lineTo(Math.sqrt(3) * half, -half);
    path.closePath();
  },
};

const SYMBOLS: Readonly<Record<Verdict, Symbol>> = {
  faster: { name: 'faster', shape: 'triangle', colour: 'faster' },
  slower: { name: 'slower', shape: DOWN, colour: 'slower' },
  'no material difference': { name: 'no material difference', shape: 'circle', colour: 'muted' },
  inconclusive: { name: 'inconclusive', shape: 'diamond', colour: 'inconclusive' },
  unstable: { name: 'unstable', shape: 'star', colour: 'unstable' },
};

const NOISY: Readonly<Record<Verdict, Symbol>> = {
  faster: noisy('faster'),
  slower: noisy('slower'),
  'no material difference': noisy('no material difference'),
  inconclusive: noisy('inconclusive'),
  unstable: noisy('unstable'),
};

function noisy(verdict: Verdict): Symbol {
  return { ...SYMBOLS[verdict], name: `${verdict}, noisy`, isHollow: true };
}

/** The symbol of a row: hollow where the run's canaries make its verdict a doubtful one. */
export const verdictSymbol = (verdict: Verdict, warnings: readonly Warning[]): Symbol =>
  (isNoisy(warnings) ? NOISY : SYMBOLS)[verdict];
