import { z } from 'zod';

/** How a database encodes and sorts text (PostgreSQL manual, CREATE DATABASE). */
export const Locale = z.strictObject({
  /** Such as `UTF8` or `LATIN1`. */
  encoding: z.string(),
  provider: z.enum(['libc', 'icu', 'builtin']),
  /** LC_COLLATE; without effect on the order where the provider is another one than libc. */
  collate: z.string(),
  /** LC_CTYPE. */
  ctype: z.string(),
  /** Of ICU or the built-in provider. */
  name: z.string().optional(),
  /** Of ICU, where the order was changed. */
  rules: z.string().optional(),
});
export type Locale = z.infer<typeof Locale>;
