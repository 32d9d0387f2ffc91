import { z } from 'zod';
import { Result } from '../model/result.ts';

/** The JSON Schema (draft 2020-12) of result.json. */
export function resultJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(Result), title: 'The result of one index-impact run' };
}
