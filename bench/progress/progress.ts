import type { Progress } from '../model/progress.ts';
import { liveProgress } from './live.ts';
import { plainProgress } from './plain.ts';
import type { Look, ProgressStream } from './stream.ts';

/**
 * The progress renderer that suits the stream.
 *
 * @param look
 * @default no colour
 */
export const createProgress = (stream: ProgressStream, look: Look = { color: false }): Progress =>
  stream.isTTY ? liveProgress(stream, look) : plainProgress(stream);

const nothing = (): void => undefined;

/** Without a terminal nobody watches. */
export const silentProgress: Progress = {
  started: nothing,
  phaseStarted: nothing,
  phaseAdvanced: nothing,
  phaseFinished: nothing,
  itemStarted: nothing,
  itemAdvanced: nothing,
  itemFinished: nothing,
  stopped: nothing,
};
