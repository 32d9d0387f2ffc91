import type { Baseline } from './arm.ts';
import type { Estimate } from './estimate.ts';

/** What a run tells whoever watches it. Sentences without a final stop; the renderer adds the layout. */
export interface Progress {
  started: (heading: string) => void;
  phaseStarted: (name: string) => void;
  /** How far the phase has come; where nobody watches it is not shown. */
  phaseAdvanced: (detail: string) => void;
  /** `detail` sums the phase up: "190,000 rows   120 MB". Further lines go below. */
  phaseFinished: (name: string, seconds: number, detail: string) => void;
  itemStarted: (item: ItemProgress) => void;
  /** After each visit; `estimates` are those so far, oldest first. */
  itemAdvanced: (item: ItemProgress, pairs: number, estimates: readonly Estimate[]) => void;
  /** `failure` says why there is no result; undefined when there is one. */
  itemFinished: (item: ItemProgress, failure: string | undefined) => void;
  /** Releases the terminal; nothing is shown afterwards. */
  stopped: () => void;
}

export interface ItemProgress {
  /** Of items that have ended; beside a round, the number of them. */
  ordinal: number;
  total: number;
  /** In which the item is being visited. */
  round?: number;
  baseline: Baseline;
  title: string;
  /** `speedup` of a read, `overhead` of a write. */
  metric: 'speedup' | 'overhead';
  /** At most; undefined where nothing limits the time. */
  secondsLeft: number | undefined;
}
