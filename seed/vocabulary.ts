import { faker } from '@faker-js/faker/locale/en';

/** Words for rows. faker fills them once: calling it for every row would take twice COPY's time. */
export interface Vocabulary {
  companies: readonly string[];
  firstNames: readonly string[];
  lastNames: readonly string[];
  cities: readonly string[];
  industries: readonly string[];
  departments: readonly string[];
  skills: readonly string[];
  /** Whole sentences of business talk. */
  sentences: readonly string[];
  /** A few words each: titles and headlines. */
  phrases: readonly string[];
  emails: readonly string[];
  userAgents: readonly string[];
  universities: readonly string[];
}

/** The same words in every run: a seed only decides which of them a row gets. */
const FAKER_SEED = 20_251_004;

const COMPANIES = 2000;

/** A company that has contacts at every scale. */
export const ACME = 'Acme Corp';

let filled: Vocabulary | undefined;

/** The vocabulary, filled at the first call: about 100 ms. */
export function vocabulary(): Vocabulary {
  filled ??= fill();
  return filled;
}

function fill(): Vocabulary {
  faker.seed(FAKER_SEED);
  const many = (count: number, make: () => string): string[] => [
    ...new Set(Array.from({ length: count }, make)),
  ];
  return {
    companies: companyNames(),
    firstNames: many(600, () => faker.person.firstName()),
    lastNames: many(900, () => faker.person.lastName()),
    cities: many(400, () => `${faker.location.city()}, ${faker.location.country()}`),
    industries: many(60, () => faker.commerce.department()),
    departments: ['Engineering', 'Sales', 'Marketing', 'Finance', 'Operations', 'People', 'Legal', 'Support'],
    skills: many(200, () => faker.person.jobArea()).concat(many(120, () => faker.hacker.noun())),
    sentences: many(900, () => faker.hacker.phrase()),
    phrases: many(900, () => faker.company.catchPhrase()),
    emails: ['gmail.com', 'outlook.com', 'yahoo.com', 'proton.me'],
    userAgents: many(40, () => faker.internet.userAgent()),
    universities: many(150, () => `University of ${faker.location.city()}`),
  };
}

function companyNames(): string[] {
  const names = new Set([ACME]);
  while (names.size < COMPANIES) names.add(faker.company.name());
  return [...names];
}
