import type { Flag, ValueFlag } from '../flags/flag.ts';
import { NotAccepted, number, oneOf, text, whole } from '../flags/values.ts';
import type { Baseline } from '../model/arm.ts';
import type { Mix } from '../model/migration.ts';
import type { Workload } from '../model/work-item.ts';
import { fileProblem } from '../system/named-file.ts';
import type { RunRequest } from './run-request.ts';
import { setting } from './setting.ts';

/** The flags of what a run measures, each with what it is in the request. */

export const suite = {
  usage: '--suite <path>',
  help: 'folder or module of another suite',
  default: 'sales-agent',
  commands: ['run', 'matrix', 'seed', 'verify', 'sweep', 'nightly'],
  parse: text,
  replay: ({ suitePath }) => suitePath,
} satisfies ValueFlag<string, RunRequest>;

export const candidate = {
  usage: '--candidate <path>',
  help: "SQL file to judge instead of the suite's candidate, without its claims",
  commands: ['run', 'matrix', 'sweep', 'nightly'],
  parse: (typed) => {
    const problem = fileProblem(typed);
    if (problem !== undefined) throw new NotAccepted(problem);
    return typed;
  },
  replay: ({ candidatePath }) => candidatePath,
} satisfies ValueFlag<string, RunRequest>;

export const baseline = {
  usage: '--baseline <name>',
  help: 'schema to apply the candidate to: shipped, bare or both',
  default: 'both',
  defaultOf: { try: 'shipped', sweep: 'shipped' },
  commands: ['run', 'matrix', 'sweep', 'nightly', 'try'],
  parse: oneOf(['shipped', 'bare', 'both']),
  replay: ({ baselines }) => (baselines.length > 1 ? 'both' : baselines[0]),
} satisfies ValueFlag<Baseline | 'both', RunRequest>;

export const scale = {
  usage: '--scale <number>',
  help: 'size of the dataset, from 0.01; 1 is the documented one',
  default: '1',
  commands: ['run', 'matrix', 'seed', 'nightly'],
  parse: number('a number from 0.01 to 1000', (value) => value >= 0.01 && value <= 1000),
  replay: (request) => request.scale,
} satisfies ValueFlag<number, RunRequest>;

export const workload = {
  usage: '--workload <name>',
  help: 'headline: what the document promises; full: everything',
  default: 'headline',
  defaultOf: { nightly: 'full' },
  commands: ['run', 'matrix', 'nightly', 'try'],
  parse: oneOf(['headline', 'full']),
  replay: (request) => request.workload,
} satisfies ValueFlag<Workload, RunRequest>;

/** Of an id or more. Which there are is known with the suite. */
export const only = {
  usage: '--only <id,...>',
  help: 'measure these items only',
  commands: ['run', 'matrix', 'sweep'],
  replay: (request) => (request.only.length > 0 ? request.only.join(',') : undefined),
} satisfies Flag<RunRequest>;

/** Of an id or more of reads. Which there are is known with the suite. */
export const approximate = {
  usage: '--approximate <read,...>',
  help: 'reads that an approximate index may answer otherwise: recall is reported instead of a failure',
  commands: ['run', 'matrix', 'sweep', 'nightly', 'try'],
  parse: (typed) => typed.split(',').map((id) => id.trim()),
  replay: (request) => (request.approximate.length > 0 ? request.approximate.join(',') : undefined),
} satisfies ValueFlag<string[], RunRequest>;

export const seed = {
  usage: '--seed <integer>',
  help: 'the same seed gives the same rows and schedule',
  default: '42',
  commands: ['run', 'matrix', 'seed', 'qualify', 'sweep', 'nightly', 'try'],
  parse: whole('a whole number, 0 or more', (value) => value >= 0),
  replay: (request) => request.seed,
} satisfies ValueFlag<number, RunRequest>;

export const threads = {
  usage: '--threads <integer>',
  help: 'threads that make rows, while a session more loads them; no row depends on it',
  default: { words: 'one less than there are cores' },
  commands: ['run', 'matrix', 'seed', 'sweep', 'nightly', 'try'],
  parse: whole('a whole number from 1 to 64', (value) => value >= 1 && value <= 64),
  resumable: true,
} satisfies ValueFlag<number>;

const LONGEST_SECONDS = 86_400;

/** What is aimed at where no budget is given. */
export const BUDGET_SECONDS = { headline: 38, full: 76 };

export const budget = {
  usage: '--budget <seconds>',
  help: 'time to aim at for measuring, shared among the items; six rounds are made at least',
  default: { words: `${BUDGET_SECONDS.headline}, or ${BUDGET_SECONDS.full} with --workload full` },
  defaultOf: { sweep: { words: `${BUDGET_SECONDS.headline} at each scale` } },
  commands: ['run', 'matrix', 'sweep', 'nightly', 'try'],
  parse: number('seconds, more than 0', (value) => value > 0 && value <= LONGEST_SECONDS),
  replay: ({ budgetSeconds }) => budgetSeconds,
} satisfies ValueFlag<number, RunRequest>;

export const mix = {
  usage: '--mix <reads:writes>',
  help: 'weights of reads and writes in the verdict',
  default: { words: "the suite's" },
  commands: ['run', 'matrix', 'nightly', 'try'],
  parse: (typed) => {
    const [, reads, writes] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(typed) ?? [];
    const weights = { reads: Number(reads), writes: Number(writes) };
    const sum = weights.reads + weights.writes;
    if (sum > 0 && Number.isFinite(sum)) return weights;
    throw NotAccepted.value(typed, 'two numbers, such as 4:1');
  },
  replay: (request) => `${request.mix.reads}:${request.mix.writes}`,
} satisfies ValueFlag<Mix, RunRequest>;

export const statementTimeout = {
  usage: '--statement-timeout <seconds>',
  help: 'after which a statement counts as hanging; 0: never',
  default: '600',
  commands: ['run', 'matrix', 'sweep', 'nightly', 'try'],
  parse: whole('whole seconds, up to 86400', (value) => value >= 0 && value <= LONGEST_SECONDS),
  resumable: true,
} satisfies ValueFlag<number>;

/** In the order that --help lists them. */
export const RUN_FLAGS: readonly Flag<RunRequest>[] = [
  suite,
  candidate,
  baseline,
  scale,
  workload,
  only,
  approximate,
  seed,
  threads,
  budget,
  mix,
  statementTimeout,
  setting,
];
