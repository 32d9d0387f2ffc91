import type { GeneratedTable } from '../../bench/model/dataset.ts';
import { chance, logNormal, pick, rounded, weighted } from '../distributions.ts';
import { creationTime, timestamp } from './reference-time.ts';

const ENDPOINTS = { '/v1/chat/completions': 92, '/v1/completions': 8 };
const OPERATIONS = { qualification: 55, enrichment: 25, campaign: 15, conversation: 5 };

/** The log of model calls: only ever appended to. */
export const cerebrasApiCalls: GeneratedTable = {
  name: 'cerebras_api_calls',
  serial: 'id',
  rowsAtScaleOne: 50_000,
  columns: [
    'id',
    'endpoint',
    'model',
    'prompt_tokens',
    'completion_tokens',
    'total_tokens',
    'latency_ms',
    'cache_hit',
    'cost_usd',
    'input_cost_usd',
    'output_cost_usd',
    'operation_type',
    'success',
    'error_message',
    'created_at',
  ],
  row: (context, ordinal) => {
    const { random } = context;
    const prompt = 1 + Math.round(logNormal(random, 700, 0.6));
    const completion = 1 + Math.round(logNormal(random, 220, 0.7));
    const isSuccess = chance(random, 0.985);
    return [
      ordinal + 1,
      weighted(random, ENDPOINTS),
      weighted(random, { 'llama3.1-8b': 80, 'llama-3.3-70b': 20 }),
      prompt,
      completion,
      prompt + completion,
      1 + Math.round(logNormal(random, 640, 0.5)),
      chance(random, 0.9) ? chance(random, 0.2) : null,
      rounded((prompt + completion) * 1e-7, 7),
      rounded(prompt * 1e-7, 7),
      rounded(completion * 1e-7, 7),
      weighted(random, OPERATIONS),
      isSuccess,
      isSuccess ? null : pick(random, ['timeout', 'rate limited', 'server error']),
      timestamp(creationTime(context, ordinal)),
    ];
  },
};
