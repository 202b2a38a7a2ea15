import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { installation } from './fixtures/installation';

const { url, port, dataDir } = installation();
const executablePath = process.env.CHROMIUM_PATH;
const results = path.resolve(import.meta.dirname, '.results');

const TRAINING = /(bad-input|main-loop|z-job-survives)\.spec\.ts$/;

// Drives the real thing from outside: `npm start` with its Postgres, trainer and durable engine, in a throwaway folder.
export default defineConfig({
  testDir: '.',
  // Two halves of about the same length. `npm test` runs them side by side, each with an installation of its own:
  // specs of one half may kill what the specs of the other half need.
  projects: [
    { name: 'pages', testIgnore: TRAINING, outputDir: path.join(results, 'artifacts/pages') },
    { name: 'training', testMatch: TRAINING, outputDir: path.join(results, 'artifacts/training') },
  ],
  globalSetup: './fixtures/global-setup.ts',
  workers: 1,
  fullyParallel: false,
  // What passes on the second try only is counted as passed and named: see the closing lines of `npm test`.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: url,
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    viewport: { width: 1360, height: 900 },
    // Without a processor for graphics a spinning wheel, and a film of it, take a whole core from what is tested.
    contextOptions: { reducedMotion: 'reduce' },
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: 'node scripts/start.mjs',
    cwd: path.resolve(import.meta.dirname, '..'),
    url: `${url}/api/health`,
    env: { TUNELOOP_DATA_DIR: dataDir, PORT: String(port), NEXTAUTH_URL: url, TUNELOOP_NO_BROWSER: '1' },
    reuseExistingServer: false,
    timeout: 180_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 8000 },
  },
});
