import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{bench,seed,scripts,tests}/**/*.test.ts'],
    globalSetup: ['tests/fixtures/test-server.fixture.ts'],
    // Much of a test is waiting for a server, so that one worker would leave a second core idle.
    maxWorkers: 2,
    // For what hangs: a run that takes 20 s may well take a minute where something else is busy.
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
