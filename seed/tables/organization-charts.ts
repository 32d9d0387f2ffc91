import type { Cell, GeneratedTable } from '../../bench/model/dataset.ts';
import type { Random } from '../../bench/model/work-item.ts';
import { chance, integer, pick, rounded } from '../distributions.ts';
import { vocabulary } from '../vocabulary.ts';
import { leadOfRow } from './lead-key.ts';
import { drawName, drawTitle, slug, type Seniority } from './person.ts';
import { creationTime, DAY, timeLeft, timestamp } from './reference-time.ts';

/** One chart a company: who reports to whom, as nested documents. */
export const organizationCharts: GeneratedTable = {
  name: 'organization_charts',
  serial: 'id',
  rowsAtScaleOne: 10_000,
  columns: [
    'id',
    'company_name',
    'company_linkedin_url',
    'lead_id',
    'hierarchy_data',
    'total_employees_analyzed',
    'key_decision_makers_count',
    'c_level_contacts',
    'vp_level_contacts',
    'director_level_contacts',
    'team_structures',
    'chart_depth',
    'confidence_score',
    'created_at',
    'updated_at',
  ],
  row: (context, ordinal) => {
    const { random } = context;
    const company = `${pick(random, vocabulary().companies)} ${(ordinal + 1).toString(36).toUpperCase()}`;
    const created = creationTime(context, ordinal);
    const lead = leadOfRow(context, ordinal, 1, 0.3);
    const teams = Array.from({ length: integer(random, 3, 8) }, () => team(random));
    return [
      ordinal + 1,
      company,
      `https://www.linkedin.com/company/${slug(company)}-${ordinal + 1}`,
      chance(random, 0.93) || ordinal === 0 ? lead : null,
      `{"ceo":${member(random, 'c-level')},"departments":[${teams.join(',')}]}`,
      teams.length * 6 + integer(random, 5, 60),
      ...leadership(random),
      JSON.stringify(vocabulary().departments.slice(0, teams.length)),
      integer(random, 2, 6),
      rounded(0.4 + random() * 0.6, 3),
      timestamp(created),
      chance(random, 0.4) ? timestamp(created + random() * Math.min(timeLeft(created), 30 * DAY)) : null,
    ];
  },
};

function team(random: Random): string {
  const reports = Array.from({ length: integer(random, 2, 7) }, () =>
    member(random, pick(random, ['manager', 'individual'])),
  );
  return `{"name":"${pick(random, vocabulary().departments)}","head":${member(random, 'vp')},"reports":[${reports.join(',')}]}`;
}

function member(random: Random, seniority: Seniority): string {
  const { first, last } = drawName(random);
  const name = JSON.stringify(`${first} ${last}`);
  return `{"name":${name},"title":"${drawTitle(random, seniority)}","since":${integer(random, 2012, 2025)}}`;
}

/** The decision makers: their number, chiefs, vice presidents and directors. */
function leadership(random: Random): Cell[] {
  const some = (seniority: Seniority, most: number): string[] =>
    Array.from({ length: integer(random, 1, most) }, () => member(random, seniority));
  const levels = [some('c-level', 3), some('vp', 4), some('director', 4)];
  const count = levels.reduce((sum, level) => sum + level.length, 0);
  return [count, ...levels.map((level) => `[${level.join(',')}]`)];
}
