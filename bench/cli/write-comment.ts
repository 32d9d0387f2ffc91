import { RunError } from '../model/errors.ts';
import { commentMarker } from '../report/formats/exports/comment-marker.ts';
import { text } from '../report/formats/markdown/markdown-text.ts';
import { replaceFile } from '../system/replace-file.ts';
import type { CommentRequest } from './source/comment-request.ts';

/** @throws RunError where the file cannot be written */
export async function writeComment({ file }: CommentRequest, body: string): Promise<void> {
  await replaceFile(file, body).catch((cause: unknown) => {
    throw new RunError(`The comment ${file} cannot be written`, { detail: (cause as Error).message, cause });
  });
}

/** A comment of one sentence, where there is no result. */
export const writeShortComment = (comment: CommentRequest, sentence: string): Promise<void> =>
  writeComment(comment, `${commentMarker(comment.topic)}\n${text(sentence)}\n`);
