import type { Cell, RowContext, GeneratedTable } from '../../bench/model/dataset.ts';
import { chance, clamp, integer, logNormal, normal, pick, rounded } from '../distributions.ts';
import { vocabulary } from '../vocabulary.ts';
import { drawName, drawSeniority, drawTitle, email, slug } from './person.ts';
import { creationTime, DAY, HOUR, timeLeft, timestamp } from './reference-time.ts';

const SIZES = ['1-10', '11-50', '51-200', '201-500', '501-1000', '1000+'];

/** Companies that might buy. Three in four have been qualified; some rows have been changed later. */
export const leads: GeneratedTable = {
  name: 'leads',
  serial: 'id',
  rowsAtScaleOne: 10_000,
  minimum: { rows: 600, reason: 'lead 123 has to exist, and enough leads without children to delete' },
  columns: [
    'id',
    'company_name',
    'company_website',
    'company_size',
    'industry',
    'contact_name',
    'contact_email',
    'contact_phone',
    'contact_title',
    'qualification_score',
    'qualification_reasoning',
    'qualification_model',
    'qualification_latency_ms',
    'notes',
    'additional_data',
    'created_at',
    'updated_at',
    'qualified_at',
  ],
  row: (context, ordinal) => {
    const { random } = context;
    const { companies, industries } = vocabulary();
    const company = pick(random, companies);
    const name = drawName(random);
    const created = creationTime(context, ordinal);
    return [
      ordinal + 1,
      company,
      chance(random, 0.9) ? `https://www.${slug(company)}.com` : null,
      pick(random, SIZES),
      chance(random, 0.95) ? pick(random, industries) : null,
      `${name.first} ${name.last}`,
      chance(random, 0.92) ? email(name, ordinal, company) : null,
      chance(random, 0.6)
        ? `+1-${integer(random, 200, 989)}-555-${String(integer(random, 0, 9999)).padStart(4, '0')}`
        : null,
      drawTitle(random, drawSeniority(random)),
      ...qualification(context, created),
    ];
  },
};

/**
 * The columns from the score on. Score and time are both present or both missing, and count as a change of the row.
 */
function qualification({ random }: RowContext, created: number): Cell[] {
  const { sentences } = vocabulary();
  const isQualified = chance(random, 0.75);
  const qualifiedAt = created + Math.min(timeLeft(created), logNormal(random, 6 * HOUR, 1.2));
  const touchedAt = chance(random, 0.6)
    ? qualifiedAt + random() * Math.min(timeLeft(qualifiedAt), 90 * DAY)
    : undefined;
  const changedAt = touchedAt ?? (isQualified ? qualifiedAt : undefined);
  return [
    isQualified ? rounded(clamp(normal(random, 58, 20), 0, 100), 1) : null,
    isQualified ? `${pick(random, sentences)} ${pick(random, sentences)}` : null,
    isQualified ? 'llama3.1-8b' : null,
    isQualified ? Math.round(logNormal(random, 650, 0.4)) : null,
    chance(random, 0.55)
      ? Array.from({ length: integer(random, 1, 5) }, () => pick(random, sentences)).join(' ')
      : null,
    chance(random, 0.7) ? additionalData(random) : null,
    timestamp(created),
    changedAt === undefined ? null : timestamp(changedAt),
    isQualified ? timestamp(qualifiedAt) : null,
  ];
}

const additionalData = (random: () => number): string =>
  JSON.stringify({
    source: pick(random, ['webform', 'import', 'referral', 'event']),
    utm: { campaign: pick(random, vocabulary().phrases), medium: pick(random, ['cpc', 'email', 'social']) },
    visits: integer(random, 1, 40),
  });
