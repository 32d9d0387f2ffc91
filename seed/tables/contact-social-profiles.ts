import type { GeneratedTable } from '../../bench/model/dataset.ts';
import type { Random } from '../../bench/model/work-item.ts';
import { chance, clamp, integer, normal, pick, skewedRank } from '../distributions.ts';
import { ACME, vocabulary } from '../vocabulary.ts';
import { leadOfRow } from './lead-key.ts';
import { drawName, drawSeniority, drawTitle, email, slug, type Seniority } from './person.ts';
import { creationTime, DAY, timeLeft, timestamp } from './reference-time.ts';

const MEAN_SCORE: Readonly<Record<Seniority, number>> = {
  'c-level': 92,
  vp: 80,
  director: 65,
  manager: 45,
  individual: 22,
};

/** The documented company's contacts at every scale; the skew adds more at larger ones. */
const SURE_ACME_CONTACTS = 12;

/** People at companies, with data from their public profiles. */
export const contactSocialProfiles: GeneratedTable = {
  name: 'contact_social_profiles',
  serial: 'id',
  rowsAtScaleOne: 20_000,
  columns: [
    'id',
    'contact_name',
    'contact_email',
    'company_name',
    'job_title',
    'lead_id',
    'linkedin_url',
    'linkedin_headline',
    'linkedin_location',
    'linkedin_connections',
    'current_company',
    'current_title',
    'tenure',
    'decision_maker_score',
    'contact_priority',
    'is_c_level',
    'is_vp_level',
    'twitter_url',
    'twitter_username',
    'experience_years',
    'skills',
    'education',
    'work_history',
    'last_activity_date',
    'engagement_frequency',
    'topics_discussed',
    'scraped_at',
    'updated_at',
    'scraping_method',
    'data_quality_score',
  ],
  row: (context, ordinal) => {
    const { random } = context;
    const { cities, phrases } = vocabulary();
    const company = drawCompany(random, ordinal);
    const name = drawName(random);
    const handle = `${slug(name.first)}${slug(name.last)}`;
    const seniority = drawSeniority(random);
    const title = drawTitle(random, seniority);
    const score = Math.round(clamp(normal(random, MEAN_SCORE[seniority], 8), 0, 100));
    const lead = leadOfRow(context, ordinal, 4);
    const scraped = creationTime(context, ordinal);
    const onTwitter = chance(random, 0.35);
    return [
      ordinal + 1,
      `${name.first} ${name.last}`,
      chance(random, 0.8) ? email(name, ordinal, company) : null,
      company,
      title,
      chance(random, 0.9) ? lead : null,
      `https://www.linkedin.com/in/${handle}-${(ordinal + 1).toString(36)}`,
      `${title} at ${company} | ${pick(random, phrases)}`,
      pick(random, cities),
      chance(random, 0.5) ? '500+' : String(integer(random, 20, 499)),
      company,
      title,
      `${integer(random, 0, 9)} years ${integer(random, 1, 11)} months`,
      score,
      priorityOf(score),
      seniority === 'c-level',
      seniority === 'vp',
      onTwitter ? `https://twitter.com/${handle}` : null,
      onTwitter ? handle : null,
      integer(random, 1, 35),
      ...background(random),
      chance(random, 0.7) ? timestamp(scraped - random() * 120 * DAY) : null,
      pick(random, ['daily', 'weekly', 'monthly', 'rarely']),
      chance(random, 0.5) ? JSON.stringify([pick(random, phrases), pick(random, phrases)]) : null,
      timestamp(scraped),
      chance(random, 0.3) ? timestamp(scraped + random() * Math.min(timeLeft(scraped), 10 * DAY)) : null,
      pick(random, ['linkedin_search', 'company_page', 'manual']),
      integer(random, 40, 100),
    ];
  },
};

/** A few companies have very many contacts; the documented one is among them. */
function drawCompany(random: Random, ordinal: number): string {
  const { companies } = vocabulary();
  const company = companies[skewedRank(random, companies.length, 0.5)] ?? ACME;
  return ordinal < SURE_ACME_CONTACTS ? ACME : company;
}

const priorityOf = (score: number): string => (score >= 75 ? 'high' : score >= 45 ? 'medium' : 'low');

/** Skills, education and work history, as JSON. */
function background(random: Random): string[] {
  const { skills, universities, companies } = vocabulary();
  const job = (): string =>
    `{"company":${JSON.stringify(pick(random, companies))},"title":"${drawTitle(random, drawSeniority(random))}","years":${integer(random, 1, 8)}}`;
  return [
    JSON.stringify(Array.from({ length: integer(random, 3, 9) }, () => pick(random, skills))),
    JSON.stringify([
      { school: pick(random, universities), degree: pick(random, ['BSc', 'MSc', 'MBA', 'BA']) },
    ]),
    `[${Array.from({ length: integer(random, 1, 4) }, job).join(',')}]`,
  ];
}
