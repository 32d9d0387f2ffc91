import type { Progress } from '../model/progress.ts';
import { liveProgress } from './live.ts';
import { plainProgress } from './plain.ts';
import type { ProgressStream } from './stream.ts';

/** The progress renderer that suits the stream. */
export const createProgress = (stream: ProgressStream): Progress =>
  stream.isTTY ? liveProgress(stream) : plainProgress(stream);
