import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const alias = {
  '@': path.resolve(import.meta.dirname, 'src'),
  // Throws outside Next by design; tests run server code directly.
  'server-only': path.resolve(import.meta.dirname, 'src/testing/empty-module.ts'),
};

const env = {
  NODE_ENV: 'test' as const,
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  NEXT_TELEMETRY_DISABLED: '1',
  NEXTAUTH_SECRET: 'test-secret-of-no-value',
  TUNELOOP_SECRET: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
};

const everywhere = ['src', 'scripts', 'prisma'];

// The suffix picks the surroundings: *.test.ts touches nothing outside the process, *.int.test.ts has a real Postgres.
export default defineConfig({
  resolve: { alias },
  test: {
    env,
    // Vitest leaves one core free, which on two means one file after the other: most of them wait for a database or a clock.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: everywhere.map((folder) => `${folder}/**/*.test.{ts,tsx,mjs}`),
          exclude: ['**/*.int.test.{ts,mjs}'],
          // A process of its own for each of a hundred files would take twice as long as their tests.
          pool: 'threads',
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: everywhere.map((folder) => `${folder}/**/*.int.test.{ts,mjs}`),
          pool: 'forks',
          // Packages are loaded once per process. The setup file gives each file our own modules anew, and a database.
          isolate: false,
          globalSetup: ['src/testing/database.global-setup.ts', 'src/testing/programs.global-setup.ts'],
          setupFiles: ['src/testing/database.setup.ts'],
          // Kills, time-outs and races on a machine somebody else may be using: one more try there, none at a desk.
          retry: process.env.CI ? 1 : 0,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
