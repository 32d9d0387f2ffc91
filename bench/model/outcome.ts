import { z } from 'zod';

/** Something the reader must know to judge a number: what happened, and what to do about it. */
export const Warning = z.strictObject({
  code: z.string(),
  cause: z.string(),
  remedy: z.string(),
});
export type Warning = z.infer<typeof Warning>;

export const isSameWarning = (a: Warning, b: Warning): boolean =>
  a.code === b.code && a.cause === b.cause && a.remedy === b.remedy;

/** The code of the warning that every timing verdict of a run gets when its canaries differ. */
export const NOISY = 'noisy';

export const isNoisy = (warnings: readonly Warning[]): boolean => warnings.some(({ code }) => code === NOISY);

/** A failure as a reader of the result sees it. `detail` holds the place: file, line and caret, or the SQL. */
export const Failure = z.strictObject({
  message: z.string(),
  detail: z.string().optional(),
});
export type Failure = z.infer<typeof Failure>;

/** What a measurement comes to. */
export type Outcome<T> = ({ state: 'measured' } & T) | { state: 'failed'; error: Failure };
