import type { Progress } from '../model/progress.ts';
import { liveProgress } from './live.ts';
import { plainProgress } from './plain.ts';

/** Where progress is shown: a terminal, whose last line can change, or anything else. */
export type ProgressStream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

/** The progress renderer that suits the stream. */
export const createProgress = (stream: ProgressStream): Progress =>
  stream.isTTY ? liveProgress(stream) : plainProgress(stream);
