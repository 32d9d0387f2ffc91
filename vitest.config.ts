import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['bench/**/*.test.ts', 'seed/**/*.test.ts', 'scripts/**/*.test.ts'],
    globalSetup: ['bench/database/test-server.fixture.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
