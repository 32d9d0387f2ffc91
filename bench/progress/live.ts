import type { Progress } from '../model/progress.ts';
import { itemLine, itemStatus, phaseLine } from './line.ts';
import { plainText } from '../model/plain-text.ts';
import { StatusLine } from './status-line.ts';
import type { Look, ProgressStream } from './stream.ts';

/** Finished phases stay; below them one line tells what is running, for how long, and what it has come to. */
export function liveProgress(stream: ProgressStream, look: Look): Progress {
  const line = new StatusLine(stream, look);
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
      line.status = itemStatus(item, 0, undefined);
    },
    itemAdvanced: (item, pairs, estimate) => {
      line.status = itemStatus(item, pairs, estimate);
    },
    itemFinished: (item, failure) => {
      if (failure !== undefined) line.keep(itemLine({ ...item, secondsLeft: undefined }, failure));
    },
    stopped: () => {
      line.stop();
    },
  };
}
