import type { Progress } from '../model/progress.ts';
import { itemLine, phaseLine, phaseLines, roundLine, settlingText } from './line.ts';
import { plainText } from '../format/plain-text.ts';
import type { ProgressStream } from './stream.ts';

/** One line for each phase and item that ended and each round that began, without escape sequences: for logs and pipes. */
export function plainProgress(stream: ProgressStream): Progress {
  let phase: { name: string; start: number } | undefined;
  let settled = '';
  let round: number | undefined;
  const line = (text: string): void => {
    stream.write(`${text}\n`);
  };
  return {
    started: (heading) => {
      line(plainText(heading));
      line('');
    },
    phaseStarted: (name) => {
      phase = { name, start: performance.now() };
    },
    phaseAdvanced: () => undefined,
    phaseFinished: (name, seconds, detail) => {
      phase = undefined;
      for (const text of phaseLines(name, seconds, detail)) line(text);
    },
    itemStarted: (item) => {
      settled = '';
      if (item.round === undefined || item.round === round) return;
      round = item.round;
      line(roundLine(item));
    },
    itemAdvanced: (item, pairs, estimates) => {
      settled = settlingText(item, pairs, estimates.at(-1));
    },
    itemFinished: (item, failure) => {
      line(itemLine(item, failure ?? settled));
    },
    stopped: () => {
      if (phase) line(phaseLine('stopped', phase.name, (performance.now() - phase.start) / 1000, ''));
      phase = undefined;
    },
  };
}
