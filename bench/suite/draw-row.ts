import { ItemError } from '../model/errors.ts';
import type { DrawContext, Parameter } from '../model/work-item.ts';

/**
 * The `draw` of a write whose `targets` list all values of one execution: each target is a JSON array of texts and
 * nulls, such as `json_build_array(id::text, name)::text` makes.
 *
 * @throws ItemError for another target
 */
export function drawRow({ target }: Pick<DrawContext, 'target'>): readonly Parameter[] {
  const values = parsed(target);
  if (Array.isArray(values) && values.every((value) => value === null || typeof value === 'string'))
    return values as (string | null)[];
  throw new ItemError(
    `the target ${String(target)} is not a JSON array of texts and nulls, which drawRow takes`,
  );
}

function parsed(target: Parameter): unknown {
  try {
    return JSON.parse(String(target));
  } catch {
    return undefined;
  }
}
