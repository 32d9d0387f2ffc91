import { z } from 'zod';

/** Something the reader must know to judge a number: what happened, and what to do about it. */
export const Warning = z.strictObject({
  code: z.string(),
  cause: z.string(),
  remedy: z.string(),
});
export type Warning = z.infer<typeof Warning>;

/** A failure as a reader of the result sees it. `detail` holds the place: file, line and caret, or the SQL. */
export const Failure = z.strictObject({
  message: z.string(),
  detail: z.string().optional(),
});
export type Failure = z.infer<typeof Failure>;
