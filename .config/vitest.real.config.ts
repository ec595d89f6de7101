import { defineConfig } from 'vitest/config';

/** Tests against real servers: each is a command of its own and installs what it needs. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/real/**/*.test.ts'],
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 600_000,
    reporters: ['verbose'],
  },
});
