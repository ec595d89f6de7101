import { defineConfig } from 'vitest/config';

/** Two cores: two workers. Browser and real-server tests take seconds, so the default time limit is wide. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/real/**'],
    globalSetup: ['tests/support/one-temporary-root.ts'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Waiting for something to become so must not depend on how busy the machine is.
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default'],
  },
});
