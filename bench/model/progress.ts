import type { Baseline } from './arm.ts';
import type { Estimate } from './estimate.ts';

/** What a run tells whoever watches it. Sentences without a final stop; the renderer adds the layout. */
export interface Progress {
  started: (heading: string) => void;
  phaseStarted: (name: string) => void;
  /** `detail` sums the phase up: "190,000 rows   120 MB". */
  phaseFinished: (name: string, seconds: number, detail: string) => void;
  itemStarted: (item: ItemProgress) => void;
  /** After each pair, once there is an estimate. */
  itemAdvanced: (item: ItemProgress, pairs: number, estimate: Estimate | undefined) => void;
  /** `failure` says why there is no result; undefined when there is one. */
  itemFinished: (item: ItemProgress, failure: string | undefined) => void;
  /** Releases the terminal; nothing is shown afterwards. */
  stopped: () => void;
}

export interface ItemProgress {
  /** From 1. */
  ordinal: number;
  total: number;
  baseline: Baseline;
  title: string;
  /** `speedup` of a read, `overhead` of a write. */
  metric: 'speedup' | 'overhead';
  /** Undefined until enough has been measured to tell. */
  secondsLeft: number | undefined;
}
