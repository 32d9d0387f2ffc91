import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capturedIo } from '../../tests/fixtures/captured-io.ts';
import { drawing } from '../../tests/fuzz/seed.fixture.ts';
import { explainFailure } from '../cli/failure.ts';
import type { Io } from '../cli/io.ts';
import { run } from '../main.ts';
import { ExitCode, RunError } from '../model/errors.ts';

/** Nothing listens there. */
const PLACE = '127.0.0.1:9/db';

async function answerTo(argv: readonly string[], env: Io['env']) {
  const io = { ...capturedIo(), env };
  return { exitCode: await run(argv, io), said: io.out() + io.err() };
}

const ESCAPES = 'in its user name and password, write / as %2F, @ as %40, ? as %3F, # as %23 and % as %25\n';

test.each(['47/11', '47?11', '47#11', '47@11/x', 'a/b', 'a%e9b', '47?a=b@c'])(
  'a URL with the password %s is refused in words that repeat no part of it',
  async (password) => {
    const url = `postgres://me:${password}@${PLACE}`;
    expect(await answerTo(['audit'], { DATABASE_URL: url })).toEqual({
      exitCode: ExitCode.usage,
      said: `index-impact: --url: DATABASE_URL holds no postgres:// URL; ${ESCAPES}`,
    });
    expect(await answerTo(['audit', '--url', url], {})).toEqual({
      exitCode: ExitCode.usage,
      said: `index-impact: --url: takes a postgres:// URL; ${ESCAPES}`,
    });
  },
);

test('a password that is written as it should be reaches the server', async () => {
  const url = `postgres://me:${encodeURIComponent('47/11@?#%')}@${PLACE}`;
  const { exitCode, said } = await answerTo(['audit'], { DATABASE_URL: url });
  expect(exitCode).toBe(ExitCode.incomplete);
  expect(said).toContain('No connection to database "db" on 127.0.0.1:9');
});

test('no password is repeated, however it is written and wherever it was typed', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom('4711', 'SECRET'),
      fc.string({ unit: fc.constantFrom(...Array.from('/@?#%:&=[]\\ .;,aé')), maxLength: 6 }),
      fc.constantFrom('DATABASE_URL', '--url', '--ulr', 'argument', 'command'),
      async (start, middle, where) => {
        const url = `postgres://me:${start}${middle}TERCES@${PLACE}`;
        const argv = {
          DATABASE_URL: ['audit'],
          '--url': ['audit', '--url', url],
          '--ulr': ['audit', `--ulr=${url}`],
          argument: ['audit', url],
          command: [url],
        };
        const env = { DATABASE_URL: where === 'DATABASE_URL' ? url : undefined };
        const { exitCode, said } = await answerTo(argv[where], env);
        expect(exitCode).not.toBe(ExitCode.done);
        expect(said).not.toContain(start);
        expect(said).not.toContain('TERCES');
      },
    ),
    drawing(300),
  ));

test('a message repeats no user and no password of a URL that it holds', () => {
  const error = new RunError('cannot reach http://proxy:4711@registry.example/v2', {
    remedy: 'try postgres://me:47@11@db.example:5432/shop',
  });
  expect(explainFailure(error).text).toBe(
    'index-impact: cannot reach http://…@registry.example/v2\ntry postgres://…@db.example:5432/shop\n',
  );
});
