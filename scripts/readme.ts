import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { FLAGS } from '../bench/cli/flags.ts';
import { COMMANDS } from '../bench/flags/commands.ts';
import { shownDefault, type Flag } from '../bench/flags/flag.ts';
import { ExitCode } from '../bench/model/errors.ts';
import type { Result } from '../bench/model/result.ts';
import { TARGETS } from '../bench/servers/index.ts';
import { renderDigest } from '../bench/report/formats/terminal/digest/digest.ts';
import { readPublished } from './publish-report.ts';

/** A file, and its generated parts by the names of their markers. */
export type MadeParts = Readonly<Record<string, string>>;

const MEANINGS: Readonly<Record<keyof typeof ExitCode, string>> = {
  done: 'done',
  gateFailed: 'a check failed: a regression, a verdict of `--fail-on`, an index that is not as documented',
  usage: 'the request cannot be carried out as typed; every problem is listed',
  notComparable: 'the results are not comparable',
  incomplete: 'the run could not be completed; what was measured is in result.json',
  interrupted: 'interrupted; what was measured is in result.json',
};

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const flagsTable = (): string =>
  table(
    ['flag', 'meaning', 'default', 'command'],
    FLAGS.map((flag) => [`\`${flag.usage}\``, flag.help, defaultsOf(flag), flag.commands.join(', ')]),
  );

const defaultsOf = (flag: Flag): string =>
  [
    shownDefault(flag.default) ?? '',
    ...Object.entries(flag.defaultOf ?? {}).map(([name, value]) => `${name}: ${shownDefault(value)}`),
  ].join('; ');

const targetsTable = (): string =>
  table(
    ['target', 'where the server comes from', 'PostgreSQL', 'what it cannot do'],
    TARGETS.map(({ name, summary, majors, cannot }) => [
      `\`${name}\``,
      summary,
      majors.length > 0 ? `${majors[0]} to ${majors.at(-1)}` : 'the one that is there',
      cannot,
    ]),
  );

const commandsTable = (): string =>
  table(
    ['command', 'what it does'],
    Object.entries(COMMANDS).map(([name, { summary, arguments: taken }]) => [
      `\`${[name, ...taken.map(({ usage }) => usage)].join(' ')}\``,
      summary,
    ]),
  );

const exitCodesTable = (): string =>
  table(
    ['exit code', 'meaning'],
    Object.entries(ExitCode).map(([name, code]) => [code, MEANINGS[name as keyof typeof ExitCode]]),
  );

/** Legend lines in the output of a run. */
const SHOWN_LINES = 4;

/** The end of a run's output, cut to the beginning of reads, writes and verdict. */
function excerpt(result: Result): string {
  const [head = '', ...parts] = renderDigest(result, { columns: 120, color: false }).trimEnd().split('\n\n');
  const shown = parts.filter((part) => /^(?: {2}(?:Reads|Writes) |Verdict)/.test(part)).map(beginning);
  return ['```text', [head, ...shown].join('\n\n'), '```'].join('\n');
}

const beginning = (part: string): string => [...part.split('\n').slice(0, SHOWN_LINES), '  ...'].join('\n');

/** Files of an example, each under its name. */
async function example(folder: string, names: readonly string[]): Promise<string> {
  const blocks = names.map(async (name) => {
    const text = await readFile(join(folder, name), 'utf8');
    return `\`${name}\`\n\n\`\`\`${extname(name).slice(1)}\n${text}\`\`\``;
  });
  return (await Promise.all(blocks)).join('\n\n');
}

/** Every document with parts generated from the flags, the exit codes and the newest published run. */
export async function madeDocuments(): Promise<Readonly<Record<string, MadeParts>>> {
  const published = await readPublished('reports');
  const newest = published.toSorted((a, b) => a.directory.localeCompare(b.directory)).at(-1);
  return {
    'README.md': newest ? { excerpt: excerpt(newest.result) } : {},
    'docs/targets.md': { targets: targetsTable() },
    'docs/reference.md': { commands: commandsTable(), flags: flagsTable(), 'exit-codes': exitCodesTable() },
    'docs/suites.md': {
      'first-suite': await example('examples/shop', ['schema.sql', 'index.sql', 'suite.ts']),
    },
  };
}

/**
 * Fills parts between their markers, and formats the document.
 *
 * @throws Error when the document lacks a marker
 */
export async function filled(document: string, path: string, parts: MadeParts): Promise<string> {
  const text = Object.entries(parts).reduce((so, [name, content]) => fill(so, path, name, content), document);
  return format(text, { ...(await resolveConfig(path)), parser: 'markdown' });
}

function fill(document: string, path: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path}: has no ${begin.trim()} before ${end}`);
  return `${document.slice(0, from)}${begin}\n${content}\n\n${document.slice(to)}`;
}

if (process.argv[1] === import.meta.filename)
  for (const [path, parts] of Object.entries(await madeDocuments()))
    await writeFile(path, await filled(await readFile(path, 'utf8'), path, parts));
