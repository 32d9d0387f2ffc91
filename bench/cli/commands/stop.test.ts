import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { processIdentity } from '../../system/process-identity.ts';
import { withEmbeddedServer } from '../../servers/embedded/embedded.ts';
import { serverSettings } from '../../servers/server-settings.ts';
import { capturedIo } from '../../../tests/fixtures/captured-io.ts';
import { ownDirectories } from '../../../tests/fixtures/own-directories.ts';
import { runningCommands } from '../../../tests/fixtures/running-commands.ts';
import { run } from '../../main.ts';
import { ExitCode } from '../../model/errors.ts';

const sh = promisify(execFile);
const options = { settings: serverSettings(0.25), keep: true, signal: new AbortController().signal };
const own = ownDirectories();
const [, , space = ''] = processIdentity(process.pid).split('-');

async function kept(): Promise<{ directory: string; pid: number; stopCommand: string }> {
  const server = await withEmbeddedServer(options, ({ processId = 0, stopCommand }) =>
    Promise.resolve({ pid: processId, stopCommand }),
  );
  const directories = (await readdir(own.temporary)).map((name) => join(own.temporary, name));
  return { ...server, directory: directories.at(-1) ?? '' };
}

async function stop(...directories: string[]): Promise<{ code: ExitCode; out: string; err: string }> {
  const io = capturedIo();
  return { code: await run(['stop', ...directories], io), out: io.out(), err: io.err() };
}

test('the command that a kept server prints stops it and removes its files, whatever its directory is called', async () => {
  const outer = own.temporary;
  const strange = join(outer, "it's $HOME; here");
  await mkdir(strange);
  process.env.TMPDIR = strange;
  const { stopCommand } = await withEmbeddedServer(options, ({ stopCommand }) =>
    Promise.resolve({ stopCommand }),
  );
  const [name = ''] = await readdir(strange);
  const { stdout } = await sh('sh', ['-c', stopCommand]);
  expect(stdout).toContain(`${join(strange, name)}\n  Stopped the server and removed its files.\n`);
  expect(await readdir(strange)).toEqual([]);
  expect(await runningCommands(name)).toEqual([]);
  await rm(strange, { recursive: true });
});

test('several are stopped at once, and of one whose server has died the files are removed', async () => {
  const [first, second] = [await kept(), await kept()];
  const [one = '', other = ''] = (await readdir(own.temporary)).map((name) => join(own.temporary, name));
  process.kill(first.pid, 'SIGKILL');
  while ((await runningCommands(own.temporary)).length > 1) await new Promise(setImmediate);
  expect(second.pid).not.toBe(first.pid);
  const { code, out } = await stop(one, other);
  expect(code).toBe(ExitCode.done);
  expect(out.match(/Stopped the server and removed its files\./g)).toHaveLength(1);
  expect(out.match(/Removed; no server was running\./g)).toHaveLength(1);
});

test('anything but a server directory that nobody uses is left alone and named, and so are the others', async () => {
  const { directory } = await kept();
  const named = (suffix: string): string => join(own.temporary, `index-impact-9-9-${space}-${suffix}`);
  await symlink(own.out, named('linked'));
  await mkdir(named('opened'));
  await chmod(named('opened'), 0o777);
  const inUse = join(own.temporary, `index-impact-${processIdentity(process.pid)}-in_use`);
  await mkdir(inUse);
  const open = join(own.out, 'open');
  await mkdir(open);
  await chmod(open, 0o777);
  const replaceable = join(open, `index-impact-9-9-${space}-abcdef`);
  await mkdir(replaceable);
  const { code, out, err } = await stop(
    replaceable,
    own.out,
    named('absent'),
    named('linked'),
    named('opened'),
    inUse,
    directory,
  );
  expect(code).toBe(ExitCode.usage);
  expect(out).toBe('');
  expect(err.split('\n')).toEqual([
    `index-impact: stop ${replaceable}: it lies where others may replace it; it is left alone`,
    `index-impact: stop ${own.out}: it has not the name of a server directory (index-impact-...); it is left alone`,
    `index-impact: stop ${named('absent')}: it is not there; it is left alone`,
    `index-impact: stop ${named('linked')}: it is a link; it is left alone`,
    `index-impact: stop ${named('opened')}: it may be written in by others; it is left alone`,
    `index-impact: stop ${inUse}: it is in use by process ${process.pid}: end that instead; it is left alone`,
    '',
  ]);
  expect(await readdir(own.temporary)).toHaveLength(4);
  expect((await stop(directory)).out).toContain('Stopped the server');
  for (const path of [named('linked'), named('opened'), inUse]) await rm(path, { recursive: true });
});

test('a kept server whose process has died is listed by clean, and removed once that is confirmed', async () => {
  const { directory, pid } = await kept();
  const clean = async (...flags: string[]): Promise<string> => {
    const io = capturedIo();
    expect(await run(['clean', ...flags], io)).toBe(ExitCode.done);
    return io.out();
  };
  expect(await clean('--yes')).toContain(`  ${directory}\n    an embedded server, kept\n`);
  expect(await readdir(own.temporary)).toHaveLength(1);
  process.kill(pid, 'SIGKILL');
  // The sessions of a killed server notice one after another that it is gone.
  const listed = `  ${directory}\n    an embedded server, kept, and no longer running\n`;
  while (!(await clean()).includes(listed)) await sleep(50);
  expect(await readdir(own.temporary)).toHaveLength(1);
  expect(await clean('--yes')).toMatch(/Removed \d+\./);
});
