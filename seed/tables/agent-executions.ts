import type { Cell, GeneratedTable } from '../../bench/model/dataset.ts';
import type { Random } from '../../bench/model/work-item.ts';
import { chance, integer, logNormal, pick, rounded, weighted } from '../distributions.ts';
import { vocabulary } from '../vocabulary.ts';
import { leadOfRow } from './lead-key.ts';
import { creationTime, HOUR, MINUTE, REFERENCE_TIME, timestamp } from './reference-time.ts';

const TYPES = { search: 40, enrichment: 30, campaign: 20, booking: 10 };

/** The unfinished runs at the reference time: the last rows, pending after running. */
const RUNNING = 0.02;
const PENDING = 0.03;

type Status = 'pending' | 'running' | 'success' | 'failed';

/** Runs of agents, in the order of their requests. */
export const agentExecutions: GeneratedTable = {
  name: 'agent_executions',
  serial: 'id',
  rowsAtScaleOne: 30_000,
  columns: [
    'id',
    'agent_type',
    'lead_id',
    'workflow_id',
    'status',
    'started_at',
    'completed_at',
    'latency_ms',
    'model_used',
    'prompt_tokens',
    'completion_tokens',
    'cost_usd',
    'output_data',
    'error_message',
    'retry_count',
    'created_at',
  ],
  row: (context, ordinal) => {
    const { random, rows } = context;
    const status = statusOf(random, ordinal / rows);
    const over = { ...context, rows: Math.ceil(rows * (1 - RUNNING - PENDING)) };
    const created = isOpen(status) ? openSince(random, status) : creationTime(over, ordinal);
    const lead = leadOfRow(context, ordinal, 6);
    return [
      ordinal + 1,
      weighted(random, TYPES),
      chance(random, 0.96) ? lead : null,
      chance(random, 0.7) ? uuid(random) : null,
      status,
      ...course(random, status, created),
      status === 'failed' ? pick(random, ['timeout', 'rate limited', 'invalid response']) : null,
      status === 'failed' ? integer(random, 1, 3) : 0,
      timestamp(created),
    ];
  },
};

function statusOf(random: Random, position: number): Status {
  const isOver = position < 1 - RUNNING - PENDING || position >= 1;
  if (isOver) return chance(random, 0.07) ? 'failed' : 'success';
  return position < 1 - PENDING ? 'running' : 'pending';
}

const isOpen = (status: Status): boolean => status === 'running' || status === 'pending';

const openSince = (random: Random, status: Status): number =>
  Math.floor(REFERENCE_TIME - random() * (status === 'running' ? 2 * HOUR : 30 * MINUTE));

/** Start, end, latency, model, tokens, cost and output, as far as the run's state has them. */
function course(random: Random, status: Status, created: number): Cell[] {
  if (status === 'pending') return [null, null, null, null, null, null, null, null];
  const started = created + Math.round(logNormal(random, 800, 0.8));
  if (status === 'running') return [timestamp(started), null, null, 'llama3.1-8b', null, null, null, null];
  const latency = Math.round(logNormal(random, 2400, 0.7));
  const [prompt, completion] = [integer(random, 200, 3000), integer(random, 50, 1200)];
  return [
    timestamp(started),
    timestamp(started + latency),
    latency,
    pick(random, ['llama3.1-8b', 'llama-3.3-70b']),
    prompt,
    completion,
    rounded((prompt + completion) * 1e-7, 6),
    status === 'success' ? output(random) : null,
  ];
}

const output = (random: Random): string =>
  `{"summary":${JSON.stringify(pick(random, vocabulary().sentences))},"confidence":${rounded(random(), 2)},"items":${integer(random, 0, 25)}}`;

function uuid(random: Random): string {
  const hex = (digits: number): string =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(8)}${hex(4)}`;
}
