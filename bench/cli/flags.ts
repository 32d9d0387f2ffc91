/** The commands, in the order that --help lists them. */
export const COMMANDS = {
  run: { summary: 'measure what the candidate does: reads, writes, storage and plans', argument: undefined },
  seed: { summary: 'load a database and leave it running, to look around in', argument: undefined },
  report: {
    summary: 'make the reports again from a result.json',
    argument: { usage: '<result.json>', help: 'the result of an earlier run' },
  },
  qualify: { summary: 'check the harness itself on candidates whose truth is known', argument: undefined },
  matrix: { summary: 'the same run on several majors of PostgreSQL, in one table', argument: undefined },
  verify: { summary: "check the candidate's indexes as its document says to", argument: undefined },
  clean: { summary: 'remove what killed runs have left behind', argument: undefined },
  audit: { summary: 'look after the indexes and tables of any database, read-only', argument: undefined },
} as const;
export type CommandName = keyof typeof COMMANDS;

/** A flag as --help shows it. What a value means, and whether it is acceptable, is decided in options.ts. */
export interface Flag {
  usage: string;
  help: string;
  commands: readonly CommandName[];
}

/** Every flag there is: parsing, --help and the README's table are made from this. */
export const FLAGS = {
  suite: {
    usage: '--suite <path>',
    help: 'module that exports another suite',
    commands: ['run', 'matrix', 'seed', 'verify'],
  },
  candidate: {
    usage: '--candidate <path>',
    help: "SQL file to judge instead of the suite's candidate",
    commands: ['run', 'matrix'],
  },
  baseline: {
    usage: '--baseline <name>',
    help: 'schema to apply the candidate to: shipped, bare or both',
    commands: ['run', 'matrix'],
  },
  scale: {
    usage: '--scale <number>',
    help: 'size of the dataset, from 0.01; 1 is the documented one',
    commands: ['run', 'matrix', 'seed'],
  },
  workload: {
    usage: '--workload <name>',
    help: 'headline: what the document promises; full: everything',
    commands: ['run', 'matrix'],
  },
  only: { usage: '--only <id,...>', help: 'measure these items only', commands: ['run', 'matrix'] },
  seed: {
    usage: '--seed <integer>',
    help: 'the same seed gives the same rows and schedule',
    commands: ['run', 'matrix', 'seed', 'qualify'],
  },
  out: {
    usage: '--out <directory>',
    help: 'where reports are written',
    commands: ['run', 'matrix', 'report', 'qualify'],
  },
  budget: {
    usage: '--budget <seconds>',
    help: 'time to aim at for measuring, shared among the items',
    commands: ['run', 'matrix'],
  },
  mix: {
    usage: '--mix <reads:writes>',
    help: "weights of reads and writes in the verdict; default: the suite's",
    commands: ['run', 'matrix'],
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
  json: { usage: '--json', help: 'print the result as JSON instead of tables', commands: ['run', 'audit'] },
  target: {
    usage: '--target <name>',
    help: 'where the server is: embedded, docker or url',
    commands: ['run', 'matrix'],
  },
  pg: {
    usage: '--pg <major>',
    help: 'PostgreSQL 14 to 18 to start, default: 18; of matrix a list, default: all',
    commands: ['run', 'matrix', 'seed'],
  },
  image: {
    usage: '--image <name>',
    help: 'image of the container; default: postgres:<major>',
    commands: ['run'],
  },
  url: {
    usage: '--url <url>',
    help: 'server to measure on, or database to check; default: DATABASE_URL',
    commands: ['run', 'verify', 'audit', 'clean'],
  },
  'max-size': {
    usage: '--max-size <size>',
    help: 'of all databases made on the server of --url, such as 500MB or 8GB',
    commands: ['run'],
  },
  yes: {
    usage: '--yes',
    help: 'go ahead without asking: where others use the server, or to remove',
    commands: ['run', 'clean'],
  },
  'statement-timeout': {
    usage: '--statement-timeout <seconds>',
    help: 'after which a statement counts as hanging; 0: never',
    commands: ['run', 'matrix'],
  },
} as const satisfies Record<string, Flag>;
export type FlagName = keyof typeof FLAGS;
