import type { Random } from '../../bench/model/work-item.ts';
import { pick, weighted } from '../distributions.ts';
import { vocabulary } from '../vocabulary.ts';

export interface Name {
  first: string;
  last: string;
}

export function drawName(random: Random): Name {
  const { firstNames, lastNames } = vocabulary();
  return { first: pick(random, firstNames), last: pick(random, lastNames) };
}

/** Lower-case letters and digits only: the characters of an address or a path. */
export const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** Unique by its ordinal. */
export const email = ({ first, last }: Name, ordinal: number, company: string): string =>
  `${slug(first)}.${slug(last)}${ordinal}@${slug(company)}.com`;

export type Seniority = 'c-level' | 'vp' | 'director' | 'manager' | 'individual';

const SENIORITIES: Readonly<Record<Seniority, number>> = {
  'c-level': 6,
  vp: 10,
  director: 18,
  manager: 28,
  individual: 38,
};

const TITLES: Readonly<Record<Seniority, readonly string[]>> = {
  'c-level': [
    'Chief Executive Officer',
    'Chief Technology Officer',
    'Chief Financial Officer',
    'Chief Revenue Officer',
  ],
  vp: ['VP of Engineering', 'VP of Sales', 'VP of Marketing', 'VP of Operations'],
  director: ['Director of Engineering', 'Director of Product', 'Director of Sales', 'Director of IT'],
  manager: ['Engineering Manager', 'Product Manager', 'Account Manager', 'Marketing Manager'],
  individual: [
    'Software Engineer',
    'Account Executive',
    'Data Analyst',
    'Business Development Representative',
  ],
};

export const drawSeniority = (random: Random): Seniority => weighted(random, SENIORITIES);

export const drawTitle = (random: Random, seniority: Seniority): string => pick(random, TITLES[seniority]);
