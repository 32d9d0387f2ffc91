/** What a flag means when it is not given. */
export const DEFAULTS = {
  suite: 'sales-agent',
  baseline: 'both',
  scale: 1,
  workload: 'headline',
  seed: 42,
  out: 'reports',
  history: 'history',
  nightlyWorkload: 'full',
  budget: { headline: 118, full: 320 },
  format: 'terminal',
  target: 'embedded',
  pg: 18,
  maxSize: '8GB',
  statementTimeout: 600,
} as const;

/** The defaults as --help prints them, for flags that have one. */
export const defaultText: Partial<Record<string, string>> = {
  suite: DEFAULTS.suite,
  baseline: DEFAULTS.baseline,
  scale: String(DEFAULTS.scale),
  workload: DEFAULTS.workload,
  seed: String(DEFAULTS.seed),
  out: DEFAULTS.out,
  history: DEFAULTS.history,
  format: DEFAULTS.format,
  target: DEFAULTS.target,
  'max-size': DEFAULTS.maxSize,
  'statement-timeout': String(DEFAULTS.statementTimeout),
  budget: `${DEFAULTS.budget.headline}, full: ${DEFAULTS.budget.full}`,
};
