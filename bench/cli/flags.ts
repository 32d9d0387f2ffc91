/** The commands, in the order that --help lists them. */
export const COMMANDS = {
  run: { summary: 'measure what the candidate does: reads, writes, storage and plans', arguments: [] },
  seed: { summary: 'load a database and leave it running, to look around in', arguments: [] },
  report: {
    summary: 'make the reports again from a result.json',
    arguments: [{ usage: '<result.json>', help: 'the result of an earlier run' }],
  },
  qualify: { summary: 'check the harness itself on candidates whose truth is known', arguments: [] },
  matrix: { summary: 'the same run on several majors of PostgreSQL, in one table', arguments: [] },
  nightly: { summary: 'a full run, compared with earlier nights', arguments: [] },
  gate: {
    summary: 'compare a result with earlier nights',
    arguments: [{ usage: '<result.json>', help: 'the result of a night' }],
  },
  compare: {
    summary: 'show two results side by side',
    arguments: [
      { usage: '<a.json>', help: 'one result' },
      { usage: '<b.json>', help: 'the other' },
    ],
  },
  verify: { summary: "check the candidate's indexes as its document says to", arguments: [] },
  stop: {
    summary: 'stop what seed or --keep left running, and remove its files',
    arguments: [{ usage: '<directory...>', help: 'of the server, as it was printed; any number of them' }],
  },
  clean: { summary: 'remove what killed runs have left behind', arguments: [] },
  audit: { summary: "check a database's indexes and tables (read-only)", arguments: [] },
} as const;
export type CommandName = keyof typeof COMMANDS;

/** A flag as --help shows it. What a value means, and whether it is acceptable, is decided in options.ts. */
export interface Flag {
  usage: string;
  help: string;
  commands: readonly CommandName[];
}

/** Every flag there is: parsing, --help and docs/reference.md are made from this. */
export const FLAGS = {
  suite: {
    usage: '--suite <path>',
    help: 'module that exports another suite',
    commands: ['run', 'matrix', 'seed', 'verify', 'nightly'],
  },
  candidate: {
    usage: '--candidate <path>',
    help: "SQL file to judge instead of the suite's candidate, without its claims",
    commands: ['run', 'matrix', 'nightly'],
  },
  baseline: {
    usage: '--baseline <name>',
    help: 'schema to apply the candidate to: shipped, bare or both',
    commands: ['run', 'matrix', 'nightly'],
  },
  scale: {
    usage: '--scale <number>',
    help: 'size of the dataset, from 0.01; 1 is the documented one',
    commands: ['run', 'matrix', 'seed', 'nightly'],
  },
  workload: {
    usage: '--workload <name>',
    help: 'headline: what the document promises; full: everything',
    commands: ['run', 'matrix', 'nightly'],
  },
  only: { usage: '--only <id,...>', help: 'measure these items only', commands: ['run', 'matrix'] },
  seed: {
    usage: '--seed <integer>',
    help: 'the same seed gives the same rows and schedule',
    commands: ['run', 'matrix', 'seed', 'qualify', 'nightly'],
  },
  out: {
    usage: '--out <directory>',
    help: 'where reports are written',
    commands: ['run', 'matrix', 'report', 'qualify', 'nightly'],
  },
  format: {
    usage: '--format <name>',
    help: 'terminal (and files), pr-comment, github-action-benchmark or bencher',
    commands: ['report'],
  },
  budget: {
    usage: '--budget <seconds>',
    help: 'time to aim at for measuring, shared among the items',
    commands: ['run', 'matrix', 'nightly'],
  },
  mix: {
    usage: '--mix <reads:writes>',
    help: "weights of reads and writes in the verdict; default: the suite's",
    commands: ['run', 'matrix', 'nightly'],
  },
  'fail-on': {
    usage: '--fail-on <verdict,...>',
    help: 'end with 1 on these: ship-with-cost, do-not-ship, inconclusive',
    commands: ['run'],
  },
  resume: {
    usage: '--resume <run>',
    help: 'directory of a run that ended early: measure what it is missing',
    commands: ['run'],
  },
  keep: { usage: '--keep', help: 'leave the server running and print how to connect', commands: ['run'] },
  quiet: {
    usage: '--quiet',
    help: 'show no progress: the result, and problems',
    commands: ['run', 'matrix', 'nightly'],
  },
  verbose: {
    usage: '--verbose',
    help: 'print the whole report; without it, what the verdict rests on',
    commands: ['run', 'report', 'nightly'],
  },
  json: {
    usage: '--json',
    help: 'print the result as JSON instead of tables',
    commands: ['run', 'audit', 'gate'],
  },
  target: {
    usage: '--target <name>',
    help: 'where the server is: embedded, docker or url',
    commands: ['run', 'matrix', 'nightly'],
  },
  pg: {
    usage: '--pg <major>',
    help: 'PostgreSQL 14 to 18 to start, default: 18; of matrix a list, default: all',
    commands: ['run', 'matrix', 'seed', 'nightly'],
  },
  image: {
    usage: '--image <name>',
    help: 'image of the container; default: postgres:<major>',
    commands: ['run', 'nightly'],
  },
  url: {
    usage: '--url <url>',
    help: 'server to measure on, or database to check; default: DATABASE_URL, but not for verify',
    commands: ['run', 'verify', 'audit', 'clean', 'nightly'],
  },
  'max-size': {
    usage: '--max-size <size>',
    help: 'of all databases made on the server of --url, such as 500MB or 8GB',
    commands: ['run', 'nightly'],
  },
  'max-sessions': {
    usage: '--max-sessions <number>',
    help: 'open at once on the server of --url, from 4; default: half of those that are free',
    commands: ['run', 'nightly'],
  },
  yes: {
    usage: '--yes',
    help: 'go ahead without asking: where others use the server, or to remove',
    commands: ['run', 'clean', 'nightly'],
  },
  history: {
    usage: '--history <directory>',
    help: 'history directory; the nightly run appends to it',
    commands: ['nightly', 'gate'],
  },
  accept: {
    usage: '--accept <reason>',
    help: 'accept these findings as the new baseline (reason required)',
    commands: ['gate'],
  },
  'statement-timeout': {
    usage: '--statement-timeout <seconds>',
    help: 'after which a statement counts as hanging; 0: never',
    commands: ['run', 'matrix', 'nightly'],
  },
} as const satisfies Record<string, Flag>;
export type FlagName = keyof typeof FLAGS;
