import { z } from 'zod';

/** A schema for every key of a type, no more and no fewer. */
export type Shape<T> = { [K in keyof T]-?: z.ZodType<T[K]> };

/** The message of a key that is missing or wrong. It goes on where the key's place ends. */
export const takes = (what: string) => ({
  error: ({ input }: { input?: unknown }): string =>
    input === undefined
      ? `is missing; it takes ${what}`
      : `${shown(input)} is not accepted; it takes ${what}`,
});

export const text = (what: string) => z.string(takes(what)).min(1, takes(what));

export const number = (what: string) => z.number(takes(what));

export const flag = z.boolean(takes('true or false'));

/** Words of small letters and digits, as in `orders-of-a-customer`. */
export function named(what: string) {
  const message = takes(`${what}, in kebab-case such as by-author`);
  return z.string(message).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, message);
}

export const functionOf = <T>(what: string) =>
  z.custom<T>((value) => typeof value === 'function', takes(what));

export const list = <Element extends z.ZodType>(what: string, element: Element) =>
  z.array(element, takes(what));

/** An object that has no other keys. */
export const record = <S extends z.core.$ZodLooseShape>(what: string, shape: S) =>
  z.strictObject(shape, takes(what));

/** The shapes that a value may have, by the schema that stands for all of them. */
const CHOICES = new WeakMap<z.core.$ZodType, (value: unknown) => z.core.$ZodType>();

/** A value of one of several shapes. `shapeOf` tells which by a look at it: its problems are those of that shape. */
export function either<Value>(shapeOf: (value: unknown) => z.ZodType<Value>) {
  const schema = z.unknown().transform((value, context): Value => {
    const parsed = shapeOf(value).safeParse(value);
    if (parsed.success) return parsed.data;
    context.issues.push(...(parsed.error.issues as z.core.$ZodRawIssue[]));
    return z.NEVER;
  });
  CHOICES.set(schema, shapeOf);
  return schema;
}

export const valueAt = (holder: unknown, key: PropertyKey): unknown =>
  typeof holder === 'object' && holder !== null
    ? (holder as Readonly<Record<PropertyKey, unknown>>)[key]
    : undefined;

/** The keys that a schema knows at a place of `value`, which is that of an object. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[], value: unknown): string[] {
  if (schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), path, value);
  const chosen = CHOICES.get(schema)?.(value);
  if (chosen) return keysAt(chosen, path, value);
  const [key, ...rest] = path;
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest, valueAt(value, key ?? 0));
  if (!(schema instanceof z.ZodObject)) return [];
  const shape = schema.shape as Readonly<Record<PropertyKey, z.core.$ZodType>>;
  const inner = key === undefined ? undefined : shape[key];
  return inner && key !== undefined ? keysAt(inner, rest, valueAt(value, key)) : Object.keys(shape);
}

const LONGEST_SHOWN = 40;

/** What stands at a place, in a few words. */
function shown(value: unknown): string {
  if (typeof value === 'string')
    return value.length > LONGEST_SHOWN
      ? `${JSON.stringify(value.slice(0, LONGEST_SHOWN))}...`
      : JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
