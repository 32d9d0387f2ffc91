import type { Cell, GeneratedTable } from '../../bench/model/dataset.ts';
import type { Random } from '../../bench/model/work-item.ts';
import { chance, integer, logNormal, pick, rounded, weighted } from '../distributions.ts';
import { vocabulary } from '../vocabulary.ts';
import { skewedLead } from './lead-key.ts';
import { creationTime, MINUTE, REFERENCE_TIME, timestamp } from './reference-time.ts';

const VOICES = { Katie: 'f786b574', Brooke: '6f84f4b8', Ronald: '5ee9feff', Jacqueline: '9626c31c' } as const;
const OVER = { COMPLETED: 85, ABANDONED: 10, ERROR: 5 };

/** The share of active sessions at the reference time: the last rows. */
const ACTIVE = 0.01;

/** Calls with a synthetic voice. Their timestamps have no time zone. */
export const voiceSessionLogs: GeneratedTable = {
  name: 'voice_session_logs',
  rowsAtScaleOne: 10_000,
  columns: [
    'id',
    'lead_id',
    'voice_id',
    'voice_name',
    'language',
    'initial_emotion',
    'status',
    'total_turns',
    'total_duration_ms',
    'average_latency_ms',
    'min_latency_ms',
    'max_latency_ms',
    'p50_latency_ms',
    'p95_latency_ms',
    'p99_latency_ms',
    'target_compliance_rate',
    'total_tts_cost_usd',
    'total_stt_cost_usd',
    'conversation_summary',
    'final_outcome',
    'context_data',
    'created_at',
    'completed_at',
  ],
  row: (context, ordinal) => {
    const { random, rows } = context;
    const over = { ...context, rows: Math.floor(rows * (1 - ACTIVE)) };
    const isActive = ordinal < rows && ordinal >= over.rows;
    const created = isActive ? REFERENCE_TIME - random() * 20 * MINUTE : creationTime(over, ordinal);
    const duration = Math.round(logNormal(random, 4 * MINUTE, 0.6));
    const voice = pick(random, Object.keys(VOICES) as (keyof typeof VOICES)[]);
    const lead = skewedLead(context);
    return [
      sessionId(random, ordinal),
      chance(random, 0.95) ? lead : null,
      VOICES[voice],
      voice,
      weighted(random, { en: 88, de: 5, fr: 4, es: 3 }),
      pick(random, ['neutral', 'friendly', 'confident']),
      isActive ? 'ACTIVE' : weighted(random, OVER),
      ...figures(random, isActive ? undefined : duration),
      timestamp(created),
      isActive ? null : timestamp(created + duration),
    ];
  },
};

/** Random like session ids, and unique by its last part. */
function sessionId(random: Random, ordinal: number): string {
  const digits = (): string =>
    Math.floor(random() * 0x10000_0000)
      .toString(16)
      .padStart(8, '0');
  return `${digits()}-${digits()}-${(ordinal + 1).toString(16).padStart(8, '0')}`;
}

/** The columns from turns to context; values known only at the end are missing while the session is active. */
function figures(random: Random, duration: number | undefined): Cell[] {
  const turns = integer(random, 1, 30);
  const median = Math.round(logNormal(random, 420, 0.25));
  const latencies = [
    median,
    Math.round(median * 0.5),
    median * 3,
    median,
    median * 2,
    Math.round(median * 2.7),
  ];
  if (duration === undefined)
    return [turns, null, null, null, null, null, null, null, null, null, null, null, null, null];
  return [
    turns,
    duration,
    ...latencies,
    rounded(0.7 + random() * 0.3, 3),
    rounded(turns * 0.0021, 5),
    rounded(turns * 0.0007, 5),
    `${pick(random, vocabulary().sentences)} ${pick(random, vocabulary().sentences)}`,
    pick(random, ['meeting_booked', 'follow_up', 'not_interested', 'voicemail']),
    `{"channel":"phone","agent":"${pick(random, vocabulary().departments)}"}`,
  ];
}
