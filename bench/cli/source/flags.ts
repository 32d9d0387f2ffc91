import { existsSync } from 'node:fs';
import type { Flag, ValueFlag } from '../../flags/flag.ts';
import { NotAccepted, text } from '../../flags/values.ts';
import { canonicalRelation } from '../../model/relation.ts';
import { databaseUrl, ELSEWHERE, size } from '../../servers/flags.ts';

/** The flags of the commands that read somebody's database. */

export const from = {
  usage: '--from <source>',
  help: 'URL of a database, which is only read, or (not for a snapshot) a dump of one: a file or directory of pg_dump',
  commands: ['try', 'init', 'snapshot'],
  parse: (typed) => (isPath(typed) ? { path: typed } : { url: databaseUrl(typed, ELSEWHERE) }),
} satisfies ValueFlag<{ url: string } | { path: string }>;

/** What is not there and may be meant for a URL is never repeated: it may hold a password. */
const isPath = (typed: string): boolean => existsSync(typed) || !/^$|[:@=]/.test(typed);

const listOfTables = (typed: string): string[] => {
  const names = typed.split(',').map((name) => name.trim());
  if (names.includes('')) throw NotAccepted.value(typed, 'tables such as orders,sales.lines');
  return names.map(canonicalRelation);
};

/** What git would take for an option names no commit. */
const commitOfGit = (typed: string): string => {
  if (/^-|^$|\s|\0/.test(typed)) throw NotAccepted.value(typed, 'a commit of git, such as origin/main');
  return typed;
};

export const snapshot = {
  usage: '--snapshot <file>',
  help: 'snapshot instead of a database: rows are made of its statistics, --max-size at most',
  commands: ['try', 'init'],
  parse: text,
} satisfies ValueFlag<string>;

export const migrations = {
  usage: '--migrations <directory>',
  help: 'folder of a migration tool, whose last migration is measured instead of a file',
  commands: ['try', 'init'],
  parse: text,
} satisfies ValueFlag<string>;

export const tool = {
  usage: '--tool <name>',
  help: 'whose --migrations are, such as prisma, where the folder does not tell',
  commands: ['try', 'init'],
  parse: text,
} satisfies ValueFlag<string>;

export const candidateInFolder = {
  usage: '--candidate <name>',
  help: 'another one of --migrations; those after it are not applied',
  commands: ['try', 'init'],
  parse: text,
} satisfies ValueFlag<string>;

export const since = {
  usage: '--since <commit>',
  help: 'of --migrations: those together that this branch adds since it left that commit, such as origin/main',
  commands: ['try', 'init'],
  parse: commitOfGit,
} satisfies ValueFlag<string>;

export const comment = {
  usage: '--comment <file>',
  help: 'write the body of a comment on a pull request there, whatever the outcome',
  commands: ['try'],
  parse: text,
} satisfies ValueFlag<string>;

export const tables = {
  usage: '--tables <name,...>',
  help: 'copy the rows of these tables only; a snapshot has the statistics of no others',
  commands: ['try', 'init', 'snapshot'],
  parse: listOfTables,
} satisfies ValueFlag<string[]>;

export const exclude = {
  usage: '--exclude <name,...>',
  help: 'copy no rows of these tables; a snapshot has no statistics of them',
  commands: ['try', 'init', 'snapshot'],
  parse: listOfTables,
} satisfies ValueFlag<string[]>;

export const mostCopied = {
  usage: '--max-size <size>',
  help: 'of the tables that are copied, such as 500MB or 8GB',
  default: '2GB',
  commands: ['try', 'init'],
  parse: size,
} satisfies ValueFlag<number>;

export const queries = {
  usage: '--queries <path>',
  help: 'file or folder of SQL statements to measure, instead of those of pg_stat_statements',
  commands: ['try', 'init'],
  parse: text,
} satisfies ValueFlag<string>;

export const redact = {
  usage: '--redact',
  help: 'replace the texts of rows by fakes of the same length and frequency; a snapshot does so anyway',
  commands: ['try', 'init', 'snapshot'],
} satisfies Flag;

export const noRedact = {
  usage: '--no-redact',
  help: 'keep the texts that statistics and statements have',
  commands: ['snapshot'],
} satisfies Flag;

/** `orders.note`, `sales.orders."Note"`: the last part is the column. */
const COLUMN = /^(.+)\.(?:"((?:[^"]|"")+)"|([^".]+))$/s;

const listOfColumns = (typed: string): string[] =>
  typed.split(',').map((name) => {
    const [, table, quoted, plain] = COLUMN.exec(name.trim()) ?? [];
    if (table === undefined) throw NotAccepted.value(typed, 'columns such as orders.note,sales.lines.text');
    return `${canonicalRelation(table)}.${quoted?.replaceAll('""', '"') ?? plain ?? ''}`;
  });

export const keepText = {
  usage: '--keep-text <column,...>',
  help: 'with --redact: columns, such as orders.state, that keep their texts',
  commands: ['try', 'init', 'snapshot'],
  parse: listOfColumns,
} satisfies ValueFlag<string[]>;

export const save = {
  usage: '--save <directory>',
  help: 'keep the suite there, with its rows, to edit and to run again',
  commands: ['try'],
  parse: text,
} satisfies ValueFlag<string>;

export const suiteOut = {
  usage: '--out <directory>',
  help: 'where the suite is written',
  default: 'bench-suite',
  commands: ['init'],
  parse: text,
} satisfies ValueFlag<string>;

export const snapshotOut = {
  usage: '--out <file>',
  help: 'where the snapshot is written',
  default: { words: 'stdout' },
  commands: ['snapshot'],
  parse: text,
} satisfies ValueFlag<string>;

export const script = {
  usage: '--script',
  help: 'print a script for psql that writes a snapshot, without its schema, where nothing else may connect',
  commands: ['snapshot'],
} satisfies Flag;

export const agreed = {
  usage: '--yes',
  help: 'copy and measure without asking',
  commands: ['try', 'init'],
} satisfies Flag;

export const SOURCE_FLAGS: readonly Flag[] = [
  ...[from, snapshot, migrations, tool, candidateInFolder, since, tables, exclude, mostCopied, queries],
  ...[redact, noRedact, keepText, save, suiteOut, snapshotOut, script, comment, agreed],
];
