import { z } from 'zod';

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A part of {@link PackedJson}. */
export type PackedPart = null | boolean | number | string | readonly PackedPart[];

/** Where an object has the number of its shape, a list has this. */
export const LIST = -1;

const PackedPart: z.ZodType<PackedPart> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(PackedPart).min(1)]),
);

/** JSON in which nothing that repeats is written twice. */
export const PackedJson = z
  .strictObject({
    shapes: z.array(z.array(z.string())),
    dictionary: z.array(PackedPart),
    value: PackedPart,
  })
  .describe(
    'An object is [n, ...values], whose keys are shapes[n]; a list is [-1, ...items]. The text "#n" stands for ' +
      'dictionary[n], which refers to earlier entries only; any other text that begins with # has one more # before it.',
  );
export type PackedJson = z.infer<typeof PackedJson>;
