import type { Flag, ValueFlag } from '../flags/flag.ts';
import { listOf, oneOf, text } from '../flags/values.ts';
import type { MigrationVerdict } from '../model/migration.ts';
import type { ExportName } from '../report/formats/exports/exports.ts';
import { RUN_FLAGS } from '../run/flags.ts';
import { on, target } from '../servers/choose.ts';
import { majors } from '../servers/flags.ts';
import { TARGETS } from '../servers/index.ts';
import { after, asTheyAre, before } from '../servers/url/pair-flags.ts';
import { SWEEP_FLAGS } from '../sweep/flags.ts';
import { SOURCE_FLAGS } from './source/flags.ts';

/** Beside the flags of what is measured, and where: what is done with it. */

export const out = {
  usage: '--out <directory>',
  help: 'where reports are written',
  default: 'reports',
  commands: ['run', 'matrix', 'report', 'qualify', 'sweep', 'nightly', 'try'],
  parse: text,
  resumable: true,
} satisfies ValueFlag<string>;

export const format = {
  usage: '--format <name>',
  help: 'terminal (and files), pr-comment, github-action-benchmark or bencher',
  default: 'terminal',
  commands: ['report'],
  parse: oneOf(['terminal', 'pr-comment', 'github-action-benchmark', 'bencher']),
} satisfies ValueFlag<'terminal' | ExportName>;

/** The verdicts that a caller may want to stop at, as they are typed. */
const STOPPED_AT: Readonly<Record<string, MigrationVerdict>> = {
  'ship-with-cost': 'ship with cost',
  'do-not-ship': 'do not ship',
  inconclusive: 'inconclusive',
};

export const failOn = {
  usage: '--fail-on <verdict,...>',
  help: `end with 1 on these: ${Object.keys(STOPPED_AT).join(', ')}`,
  commands: ['run', 'try'],
  parse: (typed) => listOf(Object.keys(STOPPED_AT))(typed).flatMap((name) => STOPPED_AT[name] ?? []),
  resumable: true,
} satisfies ValueFlag<MigrationVerdict[]>;

/** What --quick stands for, as it would be typed. */
export const QUICK = { baseline: 'shipped', budget: '1' } as const;

export const quick = {
  usage: '--quick',
  help: `a first answer in half the time, with wider intervals: ${Object.entries(QUICK)
    .map(([name, value]) => `--${name} ${value}`)
    .join(' ')}`,
  commands: ['run'],
} satisfies Flag;

const resume = {
  usage: '--resume <run>',
  help: 'directory of a run that ended early: measure what it is missing',
  commands: ['run', 'sweep'],
  resumable: true,
} satisfies Flag;

export const keep = {
  usage: '--keep',
  help: 'leave the server running and print how to connect',
  commands: ['run', 'try'],
  resumable: true,
} satisfies Flag;

export const quiet = {
  usage: '--quiet',
  help: 'show no progress: the result, and problems',
  commands: ['run', 'matrix', 'sweep', 'nightly', 'try'],
  resumable: true,
} satisfies Flag;

export const verbose = {
  usage: '--verbose',
  help: 'print the whole report; without it, what the verdict rests on',
  commands: ['run', 'report', 'nightly', 'try'],
  resumable: true,
} satisfies Flag;

export const json = {
  usage: '--json',
  help: 'print the result as JSON instead of tables',
  commands: ['run', 'audit', 'gate', 'try'],
  resumable: true,
} satisfies Flag;

export const history = {
  usage: '--history <directory>',
  help: 'history directory; the nightly run appends to it',
  default: 'history',
  commands: ['nightly', 'gate'],
  parse: text,
} satisfies ValueFlag<string>;

export const accept = {
  usage: '--accept <reason>',
  help: 'accept these findings as the new baseline (reason required)',
  commands: ['gate'],
  parse: text,
} satisfies ValueFlag<string>;

/** Every flag there is, in the order that --help lists them. */
export const FLAGS: readonly Flag[] = [
  ...RUN_FLAGS,
  ...SWEEP_FLAGS,
  ...[quick, out, format, failOn, resume, keep, quiet, verbose, json],
  ...new Set([target, on, majors, ...TARGETS.flatMap(({ flags }) => flags)]),
  ...[before, after, asTheyAre],
  ...[history, accept],
  ...SOURCE_FLAGS,
];
