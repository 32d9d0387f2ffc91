import type { Cell, GeneratedTable } from '../../bench/model/dataset.ts';
import type { Random } from '../../bench/model/work-item.ts';
import { chance, integer, logNormal, pick, rounded } from '../distributions.ts';
import { vocabulary } from '../vocabulary.ts';
import { skewedLead } from './lead-key.ts';
import { creationTime, MINUTE, timeLeft, timestamp } from './reference-time.ts';

type Status = 'generating' | 'completed' | 'failed';

/** Research about leads. The last ones are still being generated. */
export const reports: GeneratedTable = {
  name: 'reports',
  serial: 'id',
  rowsAtScaleOne: 10_000,
  columns: [
    'id',
    'lead_id',
    'title',
    'status',
    'content_markdown',
    'content_html',
    'research_data',
    'insights_data',
    'confidence_score',
    'generation_time_ms',
    'error_message',
    'created_at',
    'updated_at',
  ],
  row: (context, ordinal) => {
    const { random, rows } = context;
    const isOpen = ordinal < rows && ordinal >= Math.floor(rows * 0.995);
    const status: Status = isOpen ? 'generating' : chance(random, 0.04) ? 'failed' : 'completed';
    const created = creationTime(context, ordinal);
    return [
      ordinal + 1,
      skewedLead(context),
      `${pick(random, vocabulary().companies)}: ${pick(random, vocabulary().phrases)}`,
      status,
      ...content(random, status),
      status === 'failed' ? 'the model returned no answer' : null,
      timestamp(created),
      isOpen ? null : timestamp(created + random() * Math.min(timeLeft(created), 3 * MINUTE)),
    ];
  },
};

/** The columns from Markdown to generation time: only a completed report has them. */
function content(random: Random, status: Status): Cell[] {
  if (status !== 'completed') return [null, null, null, null, null, null];
  const { sentences, phrases } = vocabulary();
  const sections = Array.from({ length: integer(random, 2, 5) }, () => ({
    heading: pick(random, phrases),
    text: `${pick(random, sentences)} ${pick(random, sentences)}`,
  }));
  return [
    sections.map(({ heading, text }) => `## ${heading}\n\n${text}\n`).join('\n'),
    sections.map(({ heading, text }) => `<h2>${heading}</h2><p>${text}</p>`).join(''),
    `{"sources":${integer(random, 1, 12)},"keywords":[${JSON.stringify(pick(random, phrases))}]}`,
    JSON.stringify(sections.map(({ heading }) => heading)),
    rounded(40 + random() * 60, 1),
    Math.round(logNormal(random, 9000, 0.4)),
  ];
}
