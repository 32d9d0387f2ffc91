import { existsSync, readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { KILLS, killWithin, ownTemporary, SMALL, untilShown } from './fixtures/kills.ts';

const temporary = ownTemporary();

/** The postmaster of the only server, while it runs. */
const isServerUp = (): boolean =>
  readdirSync(temporary.path).some((name) =>
    existsSync(join(temporary.path, name, 'server', 'data', 'postmaster.pid')),
  );

/** The leftovers of a killed run: a running server, and its directory. */
async function leaveServer(): Promise<void> {
  const run = temporary.start('run', ...SMALL, '--out', join(temporary.path, 'reports'));
  await untilShown(run, isServerUp);
  await sleep(200);
  run.child.kill('SIGKILL');
  await run.ended;
}

test.runIf(process.platform === 'linux')(
  `after each of ${KILLS} kills of clean, the next one removes what is left`,
  { timeout: KILLS * 60_000 },
  async () => {
    for (let kill = 1; kill <= KILLS; kill++) {
      await leaveServer();
      const killed = temporary.start('clean', '--yes');
      await untilShown(killed, () => !isServerUp());
      await killWithin(killed, 200);
      const next = temporary.start('clean', '--yes');
      expect(await next.ended, next.output()).toBe(0);
      expect((await readdir(temporary.path)).filter((name) => name !== 'reports')).toEqual([]);
      expect(await temporary.serversLeft()).toEqual([]);
    }
  },
);
