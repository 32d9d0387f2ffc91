import { afterAll, expect, test, vi } from 'vitest';
import type { ValueFlag } from '../bench/flags/flag.ts';
import { run } from '../bench/main.ts';
import type * as servers from '../bench/servers/index.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { storedResult } from './fixtures/stored-result.ts';

/** What the made-up target was opened with. Modules that other files have loaded would not know it. */
const opened = vi.hoisted((): string[] => {
  vi.resetModules();
  return [];
});
afterAll(() => vi.resetModules());

/** The one line that a target takes outside of its own folder. */
vi.mock('../bench/servers/index.ts', async (original) => {
  const { TARGETS } = await original<typeof servers>();
  const { defineTarget } = await import('../bench/servers/target.ts');
  const { oneOf } = await import('../bench/flags/values.ts');
  const { withEmbeddedServer } = await import('../bench/servers/embedded/embedded.ts');
  const room = {
    usage: '--room <name>',
    help: 'where the made-up server stands',
    default: 'cellar',
    commands: ['run', 'nightly'],
    parse: oneOf(['attic', 'cellar']),
    replay: (asked) => asked.room,
  } satisfies ValueFlag<string, { room: string }>;
  const madeUp = defineTarget<{ room: string }>({
    name: 'made-up',
    summary: 'a server that only this test has',
    cannot: '',
    majors: [],
    libraries: [],
    flags: [room],
    parse: (read) => ({ room: read.value(room) }),
    open: (asked, opening, use) => {
      opened.push(asked.room);
      return withEmbeddedServer(opening, (server) => use({ ...server, target: 'made-up' }));
    },
    leftovers: () => () =>
      Promise.resolve([
        { name: 'a trunk', description: 'in the attic', isOrphaned: false, remove: () => Promise.resolve() },
      ]),
  });
  return { TARGETS: [...TARGETS, madeUp] };
});

const own = ownDirectories();

async function answerTo(...argv: string[]) {
  const io = capturedIo();
  return { code: await run(argv, io), out: io.out(), err: io.err() };
}

test('--help names a target that is listed, with its flags and their defaults', async () => {
  const { out } = await answerTo('run', '--help');
  expect(out).toMatch(/--target <name> .*embedded, docker, citus, url or\s+made-up\s+\(default: embedded\)/);
  expect(out).toMatch(/--room <name> +where the made-up server stands \(default: cellar\)/);
});

test("a target's flag is parsed, and refused where the server comes from elsewhere", async () => {
  expect(await answerTo('run', '--target', 'made-up', '--room', 'hall')).toMatchObject({
    code: ExitCode.usage,
    err: 'index-impact: --room: "hall" is not accepted; it takes attic, cellar\n',
  });
  expect(await answerTo('run', '--room', 'attic')).toMatchObject({
    code: ExitCode.usage,
    err: 'index-impact: --room: says nothing to --target embedded; it is for --target made-up\n',
  });
});

test('a run there is described by its flags, which the printed command repeats and --resume keeps', async () => {
  const tiny = ['--suite', 'tests/fixtures/tiny-suite/suite.ts', '--scale', '0.05', '--baseline', 'bare'];
  const asked = ['--only', 'by-author,broken', '--budget', '1', '--target', 'made-up', '--room', 'attic'];
  const first = await answerTo('run', ...tiny, ...asked, '--out', own.out);
  expect(first.code, first.err).toBe(ExitCode.incomplete);
  const { run: head, environment } = await storedResult(own.out);
  expect(environment.target).toBe('made-up');
  expect(head.command).toMatch(/ --target made-up --room attic$/);

  const directory = `${own.out}/${head.id}`;
  expect(await answerTo('run', '--resume', directory, '--room', 'cellar')).toMatchObject({
    code: ExitCode.usage,
    err: 'index-impact: --room: is decided by the run that --resume goes on with; leave it out\n',
  });
  expect(await answerTo('run', '--resume', directory)).toMatchObject({ code: ExitCode.incomplete });
  expect(opened).toEqual(['attic', 'attic']);
});

test('clean lists what a target has left behind', async () => {
  expect((await answerTo('clean')).out).toContain('  a trunk\n    in the attic\n');
});
