import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { loadModule } from 'libpg-query';
import { readSqlFile, statementsOf, type SqlFile, type SqlStatement } from '../../database/sql-file.ts';
import { placeIn } from '../../format/place-in-text.ts';
import { UsageError } from '../../model/errors.ts';
import { factsOf } from '../../suite/statement-facts.ts';
import { linkOut } from '../../system/link-out.ts';
import { readNamedFile, shownPath } from '../../system/named-file.ts';
import { csvLogEntries, textLogEntries } from './log-entries.ts';
import { loggedStatements } from './log-file.ts';
import { commentsIn } from './query-comments.ts';
import type { ObservedStatement } from './source-statement.ts';

/** One statement of an SQL file, or what is wrong with it. */
type Read = { state: 'read'; statement: ObservedStatement } | { state: 'refused'; problem: string };

/**
 * The statements of `--queries`: a folder or a file. SQL files hold statements, with comments for weight, key and title;
 * `.csv` is PostgreSQL's csvlog, `.log` its text log.
 *
 * @throws UsageError with every problem of every file
 */
export async function statementsInFiles(location: string): Promise<ObservedStatement[]> {
  await loadModule();
  const paths = await pathsIn(location);
  const found = (await Promise.all(paths.map(readsOf))).flat();
  const problems = found.flatMap((one) => (one.state === 'refused' ? [`--queries: ${one.problem}`] : []));
  if (problems.length > 0) throw new UsageError(problems);
  if (found.length === 0) throw new UsageError([`--queries: ${shownPath(location)} has no statement`]);
  return found.flatMap((one) => (one.state === 'read' ? [one.statement] : []));
}

const KINDS = ['.sql', '.csv', '.log'];

async function pathsIn(location: string): Promise<string[]> {
  const found = await stat(location).catch(() => undefined);
  if (!found) throw new UsageError([`--queries: there is no file or folder ${location}`]);
  if (!found.isDirectory()) return [location];
  const names = (await readdir(location)).filter((name) => KINDS.includes(extname(name)));
  if (names.length === 0)
    throw new UsageError([`--queries: the folder ${shownPath(location)} has no file ${KINDS.join(', ')}`]);
  const links = (await Promise.all(names.map((name) => linkOut(location, name)))).filter(
    (problem) => problem !== undefined,
  );
  if (links.length > 0) throw new UsageError(links.map((problem) => `--queries: ${problem}`));
  return names.toSorted().map((name) => join(location, name));
}

async function readsOf(path: string): Promise<Read[]> {
  if (extname(path) === '.csv') return logged(path, csvLogEntries(await textOf(path)));
  if (extname(path) === '.log') return logged(path, textLogEntries(await textOf(path)));
  const file = await readSqlFile(path);
  const statements = await statementsOf(file);
  const name = statements.length === 1 ? basename(path, '.sql').replaceAll(/[-_]+/g, ' ') : undefined;
  return statements.map((statement, place) => readOf(file, statement, statements[place - 1], name));
}

const textOf = async (path: string): Promise<string> =>
  (
    await readNamedFile(path).catch((error: unknown) => {
      throw new UsageError([`--queries: ${shownPath(path)} cannot be read: ${(error as Error).message}`]);
    })
  ).toString();

const logged = (path: string, entries: Parameters<typeof loggedStatements>[0]): Read[] =>
  loggedStatements(entries, shownPath(path)).map((statement) => ({ state: 'read', statement }));

/** @param before the statement before it in the file */
function readOf(
  file: SqlFile,
  { text: sql, offset }: SqlStatement,
  before: SqlStatement | undefined,
  name: string | undefined,
): Read {
  const end = before ? before.offset + before.text.length : 0;
  const { weight = '1', key, title = name } = commentsIn(file.text.slice(end, offset));
  const { line } = placeIn(file.text, offset);
  const problem = problemOf(sql, weight, key);
  if (problem !== undefined) return { state: 'refused', problem: `${file.path}:${line}: ${problem}` };
  return {
    state: 'read',
    statement: {
      sql,
      calls: Number(weight),
      weight: Number(weight),
      totalMs: 0,
      origin: `${file.path}:${line}`,
      title,
      key,
    },
  };
}

function problemOf(sql: string, weight: string, key: string | undefined): string | undefined {
  if (!(Number(weight) >= 0) || weight === '')
    return `the weight ${JSON.stringify(weight)} is not a number of 0 or more`;
  if (key === undefined) return undefined;
  const [taken, given] = [factsOf(sql)?.parameters, factsOf(key)];
  if (!given) return 'the key is not a query that PostgreSQL accepts';
  const differs = taken !== undefined && given.columns !== undefined && given.columns !== taken;
  return differs ? `the key has ${given.columns} in each row, and the statement takes ${taken}` : undefined;
}
