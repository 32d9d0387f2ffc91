import type { Estimate } from '../model/estimate.ts';
import type { ItemProgress, Progress } from '../model/progress.ts';
import { itemLine, phaseLines, placeText, settlingLine } from './line.ts';
import { plainText } from '../format/plain-text.ts';
import { StatusLine } from './status-line.ts';
import type { Look, ProgressStream } from './stream.ts';

/** Finished phases stay on the screen. Below them, two lines show what is running, for how long, and its estimate. */
export function liveProgress(stream: ProgressStream, look: Look): Progress {
  const line = new StatusLine(stream, look);
  const show = (item: ItemProgress, pairs: number, estimates: readonly Estimate[]): void => {
    line.status = {
      beside: placeText(item),
      below: (width) => settlingLine(item, pairs, estimates, width),
    };
  };
  return {
    started: (heading) => {
      stream.write(`${plainText(heading)}\n\n`);
    },
    phaseStarted: (name) => {
      line.begin(name);
    },
    phaseAdvanced: (detail) => {
      line.status = { beside: plainText(detail), below: () => '' };
    },
    phaseFinished: (name, seconds, detail) => {
      line.end();
      for (const text of phaseLines(name, seconds, detail)) line.keep(text);
    },
    itemStarted: (item) => {
      show(item, 0, []);
    },
    itemAdvanced: show,
    itemFinished: (item, failure) => {
      if (failure !== undefined) line.keep(itemLine({ ...item, secondsLeft: undefined }, failure));
    },
    stopped: () => {
      line.stop();
    },
  };
}
