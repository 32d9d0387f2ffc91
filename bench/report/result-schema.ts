import { z } from 'zod';
import { Result, SCHEMA_VERSION } from '../model/result.ts';
import { PackedResult } from './result-file.ts';

/** The JSON Schema (draft 2020-12) of result.json, packed or not. */
export function resultJsonSchema(): Record<string, unknown> {
  return {
    $id: `urn:index-impact:result:${SCHEMA_VERSION}`,
    title: 'The result of one index-impact run',
    ...z.toJSONSchema(z.union([Result, PackedResult]), { target: 'draft-2020-12' }),
  };
}
