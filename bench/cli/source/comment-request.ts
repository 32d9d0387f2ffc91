import type { FlagReader } from '../../flags/flag-reader.ts';
import { COMMENT_BEGINNING } from '../../report/formats/exports/comment-marker.ts';
import { newFileProblem } from '../out-directory.ts';
import * as flags from './flags.ts';

/** A comment on a pull request that is to be written. */
export interface CommentRequest {
  file: string;
  /** What the comment is about: the next one about the same takes its place. */
  topic: string;
}

/** What `--comment` asks for. That of another run is replaced, and no other file. */
export async function commentRequest(read: FlagReader): Promise<CommentRequest | undefined> {
  const file = read.value(flags.comment);
  if (file === undefined) return undefined;
  const problem = await newFileProblem(file, COMMENT_BEGINNING);
  if (problem !== undefined) read.problem(flags.comment, problem);
  return { file, topic: ['try', read.value(flags.migrations) ?? ''].join(' ').trim() };
}
