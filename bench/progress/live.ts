import type { Estimate } from '../model/estimate.ts';
import type { Progress } from '../model/progress.ts';
import { itemLine, itemStatus, phaseLine } from './line.ts';
import { plainText } from '../model/plain-text.ts';
import { StatusLine } from './status-line.ts';
import type { Look, ProgressStream } from './stream.ts';

/** Finished phases stay; below them one line tells what is running, for how long, and what it has come to. */
export function liveProgress(stream: ProgressStream, look: Look): Progress {
  const line = new StatusLine(stream, look);
  let estimates: Estimate[] = [];
  return {
    started: (heading) => {
      stream.write(`${plainText(heading)}\n\n`);
    },
    phaseStarted: (name) => {
      line.begin(name);
    },
    phaseFinished: (name, seconds, detail) => {
      line.end();
      line.keep(phaseLine('finished', name, seconds, detail));
    },
    itemStarted: (item) => {
      estimates = [];
      line.status = itemStatus(item, 0, estimates);
    },
    itemAdvanced: (item, pairs, estimate) => {
      if (estimate) estimates.push(estimate);
      line.status = itemStatus(item, pairs, estimates);
    },
    itemFinished: (item, failure) => {
      if (failure !== undefined) line.keep(itemLine({ ...item, secondsLeft: undefined }, failure));
    },
    stopped: () => {
      line.stop();
    },
  };
}
