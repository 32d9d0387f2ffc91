import { readFileSync, statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 1024 ** 3;

/** Whether files may lie in memory instead of on a disk, programs among them. */
function hasMemory(): boolean {
  try {
    const mounted = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .find((line) => line.split(' ')[1] === MEMORY);
    const { bavail, bsize } = statfsSync(MEMORY);
    return mounted !== undefined && !/[ ,]noexec\b/.test(mounted) && bavail * bsize > ROOM_BYTES;
  } catch {
    return false;
  }
}

// A run on a small suite waits for the disk half of its time, which no test is about.
if (hasMemory()) process.env.TMPDIR ??= MEMORY;

export default defineConfig({
  test: {
    include: ['{bench,seed,scripts,tests}/**/*.test.ts'],
    globalSetup: ['tests/fixtures/test-server.fixture.ts'],
    setupFiles: ['tests/fixtures/cores-of-worker.ts'],
    // Loading the modules takes longer than most of the tests: a worker loads them once.
    isolate: false,
    unstubEnvs: true,
    // Much of a test is waiting for a server: three workers keep two cores busy.
    maxWorkers: 3,
    // For what hangs: a run that takes 20 s may well take a minute where something else is busy.
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
