import { performance } from 'node:perf_hooks';
import { createLogUpdate } from 'log-update';
import type { Progress } from '../model/progress.ts';
import { finishedLine, itemText, leftText, runningLine, settlingText } from './line.ts';
import type { ProgressStream } from './stream.ts';

/** Often enough for a clock that shows tenths to look alive, seldom enough to cost a measurement nothing. */
const TICK_MS = 500;

/** Finished phases stay; below them one line tells what is running, for how long, and what it has come to. */
export function liveProgress(stream: ProgressStream): Progress {
  const update = createLogUpdate(stream, { showCursor: true });
  let phase: { name: string; start: number } | undefined;
  let detail = '';

  const draw = (): void => {
    if (!phase) return;
    const line = runningLine(phase.name, (performance.now() - phase.start) / 1000, detail);
    update(line.slice(0, (stream.columns ?? 80) - 1));
  };
  const keep = (line: string): void => {
    update.clear();
    stream.write(`${line.trimEnd()}\n`);
    draw();
  };
  const ticking = setInterval(draw, TICK_MS).unref();
  return {
    started: (heading) => {
      keep(heading);
      keep('');
    },
    phaseStarted: (name) => {
      phase = { name, start: performance.now() };
      detail = '';
      draw();
    },
    phaseFinished: (name, seconds, summary) => {
      phase = undefined;
      keep(finishedLine(name, seconds, summary));
    },
    itemStarted: (item) => {
      detail = [itemText(item), leftText(item)].join('   ');
    },
    itemAdvanced: (item, pairs, estimate) => {
      detail = [itemText(item), settlingText(item, pairs, estimate), leftText(item)].join('   ');
    },
    itemFinished: (item, failure) => {
      if (failure !== undefined) keep(`      ${itemText(item)}   ${failure}`);
    },
    stopped: () => {
      clearInterval(ticking);
      phase = undefined;
      update.clear();
    },
  };
}
