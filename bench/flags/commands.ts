/** The commands, in the order that --help lists them. */
export const COMMANDS = {
  try: {
    summary: 'measure a migration on a copy of a database of yours, with the statements that it runs',
    arguments: [
      { usage: '[migration.sql...]', help: 'the migration; several files are applied in this order' },
    ],
  },
  init: {
    summary: 'write the same as a suite, to edit and to run every night',
    arguments: [
      { usage: '[migration.sql...]', help: 'the migration; several files are applied in this order' },
    ],
  },
  snapshot: {
    summary: 'write what statistics say of a database, without its rows, to one file',
    arguments: [],
  },
  run: { summary: 'measure what the candidate does: reads, writes, storage and plans', arguments: [] },
  seed: { summary: 'load a database and leave it running, to look around in', arguments: [] },
  report: {
    summary: 'make the reports again from a result.json or a sweep.json',
    arguments: [{ usage: '<result.json>', help: 'the result of an earlier run, or a sweep.json' }],
  },
  qualify: { summary: 'check the harness itself on candidates whose truth is known', arguments: [] },
  matrix: { summary: 'the same run on several majors of PostgreSQL, in one table', arguments: [] },
  sweep: {
    summary: 'measure at several sizes: where an index begins to pay, and what it takes at a larger one',
    arguments: [],
  },
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

/** What was typed: flag values as text, nothing judged yet beyond the flags' names. */
export interface CommandLine {
  command: CommandName;
  /** Keyed by flag name; a flag without a value is `true`. */
  values: Readonly<Record<string, string | true>>;
  arguments: readonly string[];
  /** Flags and arguments that the command does not take. */
  problems: readonly string[];
}
