import { z } from 'zod';
import { Result, SCHEMA_VERSION } from '../model/result.ts';

/** The JSON Schema (draft 2020-12) of result.json. */
export function resultJsonSchema(): Record<string, unknown> {
  return {
    $id: `urn:index-impact:result:${SCHEMA_VERSION}`,
    title: 'The result of one index-impact run',
    ...z.toJSONSchema(Result, { target: 'draft-2020-12' }),
  };
}
