import type { Progress } from '../model/progress.ts';

const nothing = (): void => undefined;

/** Nobody watches. */
export const silentProgress: Progress = {
  started: nothing,
  phaseStarted: nothing,
  phaseFinished: nothing,
  itemStarted: nothing,
  itemAdvanced: nothing,
  itemFinished: nothing,
  stopped: nothing,
};
