import type { Progress } from '../model/progress.ts';
import { finishedLine, itemText, leftText, settlingText } from './line.ts';
import type { ProgressStream } from './stream.ts';

/** A line for each thing that has ended, and no escape sequence: for logs and pipes. */
export function plainProgress(stream: ProgressStream): Progress {
  let settled = '';
  const line = (text: string): void => {
    stream.write(`${text.trimEnd()}\n`);
  };
  return {
    started: (heading) => {
      line(heading);
      line('');
    },
    phaseStarted: () => undefined,
    phaseFinished: (name, seconds, detail) => {
      line(finishedLine(name, seconds, detail));
    },
    itemStarted: () => {
      settled = '';
    },
    itemAdvanced: (item, pairs, estimate) => {
      settled = settlingText(item, pairs, estimate);
    },
    itemFinished: (item, failure) => {
      line(`      ${itemText(item)}   ${failure ?? settled}   ${leftText(item)}`);
    },
    stopped: () => undefined,
  };
}
