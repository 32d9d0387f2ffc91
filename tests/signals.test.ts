import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { withConnection } from '../bench/database/connection.ts';
import type { Server } from '../bench/database/server.ts';
import { startServer } from './fixtures/test-server.fixture.ts';
import { COMMAND, openTerminal, startProgram } from './fixtures/program.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { runningCommands } from './fixtures/running-commands.ts';
import type { Result } from '../bench/model/result.ts';

const never = new AbortController().signal;
const SUITE = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05'];
const TINY = ['run', ...SUITE, '--baseline', 'shipped', '--budget', '20'];
/** Keys that a terminal turns into a signal or an end of input. */
const [CTRL_C, CTRL_D] = ['\u0003', '\u0004'];

const own = ownDirectories();

const logFile = (): string => join(own.out, 'log');
const logged = (): Promise<string> => readFile(logFile(), 'utf8').catch(() => '');

const until = async (isSo: () => unknown): Promise<void> => {
  while (!(await isSo())) await sleep(20);
};
/** The phase before measuring has ended. At a terminal its mark has a colour, and the line of a phase that runs has none. */
const isMeasuring = (progress: string): boolean => /ok\S* +claims +[\d.]+ s/.test(progress);
const untilEnded = (): Promise<void> => until(async () => (await runningCommands(own.out)).length === 0);

const typed = (...argv: string[]): string => [...COMMAND, ...argv, '--out', own.out].join(' ');

async function outcome(): Promise<Result['run']['outcome']> {
  const file = (await readdir(own.out, { recursive: true })).find((name) => name.endsWith('/result.json'));
  return (JSON.parse(await readFile(join(own.out, file ?? ''), 'utf8')) as Result).run.outcome;
}

const databasesOn = (server: Server): Promise<string[]> =>
  withConnection(server.admin(), never, async (owner) => {
    const { rows } = await owner.query<{ datname: string }>('SELECT datname FROM pg_database ORDER BY 1');
    return rows.map(({ datname }) => datname);
  });

describe('a terminal that is closed', () => {
  test.each([
    ['is shown on it', ''],
    ['goes to tee', `2>&1 | tee`],
    ['goes to a file', `2>&1 >`],
  ])('ends a run whose output %s, like any interruption', async (_, redirection) => {
    const line = `${typed(...TINY)} ${redirection && `${redirection} ${logFile()}`}`;
    const terminal = openTerminal(line, own.temporary);
    await until(async () => isMeasuring(terminal.shown()) || isMeasuring(await logged()));
    terminal.close();
    await untilEnded();
    expect(await logged()).not.toContain('Assertion failed');
    expect(await readdir(own.temporary)).toEqual([]);
    expect(await outcome()).toEqual({ state: 'interrupted' });
  });

  test('ends a guest whose output goes to tee, and leaves none of its databases', async () => {
    const { server, stop } = await startServer();
    const before = await databasesOn(server);
    const line = `${typed(...TINY, '--target', 'url', '--yes')} 2>&1 | tee ${logFile()}`;
    const terminal = openTerminal(line, own.temporary, { DATABASE_URL: server.admin().url });
    await until(async () => isMeasuring(await logged()));
    terminal.close();
    await untilEnded();
    const left = await databasesOn(server);
    await stop();
    expect(left).toEqual(before);
    expect(await outcome()).toEqual({ state: 'interrupted' });
  });

  test('does not end a run started by nohup', async () => {
    const argv = ['run', ...SUITE, '--only', 'by-author', '--budget', '4'];
    const terminal = openTerminal(`nohup ${typed(...argv)} > ${logFile()} 2>&1`, own.temporary);
    await until(async () => isMeasuring(await logged()));
    terminal.close();
    await untilEnded();
    expect(await outcome()).toEqual({ state: 'complete' });
  });
});

/** A run whose server hangs: stopping it cleanly would take as long as the time limit. */
async function hanging(err: () => string): Promise<{ resume: () => void }> {
  await until(() => isMeasuring(err()));
  const [directory = ''] = await readdir(own.temporary);
  const file = join(own.temporary, directory, 'server', 'data', 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
  process.kill(pid, 'SIGSTOP');
  return { resume: () => process.kill(pid, 'SIGCONT') };
}

describe('a second signal ends at once a run whose server hangs, and names the command that cleans up', () => {
  const ENDED =
    /^index-impact: ended at once; ".*clean", with --url for a guest, removes what may be left\r?$/m;

  const cleanRemovesIt = async (): Promise<void> => {
    const clean = startProgram(['clean', '--yes'], own.temporary);
    expect(await clean.exitCode).toBe(0);
    expect(clean.out()).toContain('Removed 1.');
  };

  test('SIGTERM', async () => {
    const { child, err, exitCode } = startProgram([...TINY, '--out', own.out], own.temporary);
    const { resume } = await hanging(err);
    const isOver = exitCode.then(() => true);
    while (!(await Promise.race([isOver, sleep(600, false)]))) child.kill('SIGTERM');
    resume();
    expect(await exitCode).toBe(130);
    expect(err()).toMatch(ENDED);
    await cleanRemovesIt();
  });

  test('Ctrl-C, which leaves the terminal unchanged', async () => {
    const script = join(own.out, 'line.sh');
    await writeFile(script, `trap : INT\nstty -a\n${typed(...TINY)}\necho "exit $?"\nstty -a\n`);
    const terminal = openTerminal(`sh ${script}`, own.temporary);
    const { resume } = await hanging(terminal.shown);
    while (!/^exit/m.test(terminal.shown())) {
      terminal.type(CTRL_C);
      await sleep(600);
    }
    await terminal.exitCode;
    resume();
    expect(terminal.shown()).toMatch(ENDED);
    const [before = '', after] = terminal.shown().split(/^exit 130\r\n/m);
    expect(before.startsWith(after ?? 'nothing')).toBe(true);
    await cleanRemovesIt();
  });
});

test('signals that arrive together count as one, and nothing is left', async () => {
  const { child, err, exitCode } = startProgram([...TINY, '--out', own.out], own.temporary);
  await until(() => isMeasuring(err()));
  child.kill('SIGINT');
  child.kill('SIGTERM');
  expect(await exitCode).toBe(130);
  expect(err()).not.toContain('ended at once;');
  expect(await readdir(own.temporary)).toEqual([]);
  expect(await outcome()).toEqual({ state: 'interrupted' });
});

/** Also for erasing; colours are none of it. A phase may still end, and is then written as it ended. */
const CURSOR_MOVED = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Khl]`);

describe('at a terminal', () => {
  test('Ctrl-C stops the progress and says that a second one ends at once', async () => {
    const terminal = openTerminal(typed(...TINY), own.temporary);
    await until(() => isMeasuring(terminal.shown()));
    terminal.type(CTRL_C);
    expect(await terminal.exitCode).toBe(130);
    const [, after = ''] = terminal.shown().split('a second Ctrl-C ends at once');
    expect(after).toContain('index-impact: interrupted by SIGINT');
    expect(after).not.toMatch(/\.\. +measure/);
    expect(after).not.toMatch(CURSOR_MOVED);
  });

  test('Ctrl-C is one signal, although both the terminal and npm send it', async () => {
    const argv = [...TINY, '--out', own.out];
    // Where sh is bash, as on Fedora and macOS, npm signals the program itself and not a shell.
    const npm = 'npm run --script-shell=bash index-impact --';
    const terminal = openTerminal(`${npm} ${argv.join(' ')}`, own.temporary);
    await until(() => isMeasuring(terminal.shown()));
    terminal.type(CTRL_C);
    expect(await terminal.exitCode).toBe(130);
    expect(terminal.shown()).not.toContain('ended at once;');
    expect(await readdir(own.temporary)).toEqual([]);
    expect(await outcome()).toEqual({ state: 'interrupted' });
  });
});

describe('a question', () => {
  /** A server with another user's session: the run asks. */
  const asked = async (use: (terminal: ReturnType<typeof openTerminal>) => unknown) => {
    const { server, stop } = await startServer();
    const [line, status] = [typed(...TINY, '--target', 'url'), join(own.out, 'status')];
    const script = join(own.out, 'line.sh');
    await writeFile(script, `trap : INT\n${line}\necho $? > ${status}\n`);
    return withConnection(server.admin(), never, async (other) => {
      await other.query("SET application_name = 'somebody else'");
      const terminal = openTerminal(`sh ${script}`, own.temporary, { DATABASE_URL: server.admin().url });
      await until(() => terminal.shown().includes('Go on? [y/N]'));
      await use(terminal);
      await until(async () => /\d/.test(await readFile(status, 'utf8').catch(() => '')));
      return { exitCode: Number(await readFile(status, 'utf8')), shown: terminal.shown() };
    }).finally(stop);
  };

  test('is ended by Ctrl-C like anything else', async () => {
    const { exitCode, shown } = await asked(({ type }) => {
      type(CTRL_C);
    });
    expect(exitCode).toBe(130);
    expect(shown).toContain('index-impact: interrupted by SIGINT');
  });

  test('to which Ctrl-D is typed is answered by no', async () => {
    const { exitCode, shown } = await asked(({ type }) => {
      type(CTRL_D);
    });
    expect(exitCode).toBe(4);
    expect(shown).toContain('index-impact: Nothing was done on this server');
  });
});
