// The stages of `npm test`: what each runs, and how its tests are counted.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const bin = (file, ...args) => [process.execPath, path.join('node_modules', file), ...args];
const node = (...args) => [process.execPath, ...args];

/** @typedef {{ passed: number, failed: number, skipped: number, flaky?: number }} Tally `flaky`: passed on the second try */

/** Reads Vitest's JSON report. @returns {Tally | null} */
function vitestTally(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    // A file that does not load has no tests, and still is a failure.
    const broken = report.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    );
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return null;
  }
}

/** Reads Playwright's JSON report. @returns {Tally | null} */
function playwrightTally(file) {
  try {
    const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'));
    const { expected, unexpected, flaky, skipped } = stats;
    return { passed: expected + flaky, failed: unexpected + errors.length, skipped, flaky };
  } catch {
    return null;
  }
}

/** @param {string} reports folder for machine-readable reports */
export function stages(reports) {
  const vitest = (project) => {
    const report = path.join(reports, `${project}.json`);
    const options = ['--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
    return {
      title: `${project} tests`,
      commands: [bin('vitest/vitest.mjs', 'run', ...options)],
      tally: () => vitestTally(report),
    };
  };
  const browser = (project) => {
    const report = path.join(reports, `${project}.json`);
    const options = ['--config', 'e2e/playwright.config.ts', '--project', project, '--reporter=list,json'];
    return {
      title: `browser tests: ${project}`,
      commands: [bin('@playwright/test/cli.js', 'test', ...options)],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
      tally: () => playwrightTally(report),
    };
  };
  return {
    lock: { title: 'lock file', commands: [node('scripts/check-lock.mjs')] },
    processes: { title: 'side processes', commands: [node('scripts/build-processes.mjs')] },
    types: {
      title: 'types',
      commands: [bin('next/dist/bin/next', 'typegen'), bin('typescript/bin/tsc', '--noEmit')],
    },
    lint: { title: 'lint', commands: [bin('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')] },
    architecture: { title: 'architecture', commands: [node('scripts/check-architecture.mjs')] },
    description: {
      title: 'API description',
      commands: [node('--import', 'tsx', '--conditions=react-server', 'scripts/openapi.ts', '--check')],
    },
    unused: { title: 'unused code', commands: [bin('knip/bin/knip.js')] },
    unit: vitest('unit'),
    integration: vitest('integration'),
    build: { title: 'production build', commands: [node('--import', 'tsx', 'scripts/build.ts')] },
    pages: browser('pages'),
    training: browser('training'),
  };
}

/** Runs one program. Loud: straight to the screen. Otherwise its output is returned. */
function run([command, ...args], env, loud) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', loud ? 'inherit' : 'pipe', loud ? 'inherit' : 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ code: 1, output: `${output}${error.message}` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a stage and says how it went. A static stage counts as one test.
 *
 * @returns {Promise<Tally>}
 */
export async function runStage(stage, { loud = false } = {}) {
  const started = Date.now();
  let ok = true;
  let text = '';
  for (const command of stage.commands) {
    const { code, output } = await run(command, stage.env, loud);
    text += output;
    ok = code === 0;
    if (!ok) break;
  }
  const counted = stage.tally?.();
  const tally = counted ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  if (!ok && tally.failed === 0) tally.failed = 1;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const numbers = counted
    ? `, ${tally.passed} passed, ${tally.failed} failed${tally.skipped ? `, ${tally.skipped} skipped` : ''}`
    : '';
  console.log(`${ok ? '✓' : '✗'} ${stage.title} (${seconds} s${numbers})`);
  if (!ok && text.trim()) console.log(text.trimEnd().replace(/^/gm, '    '));
  return tally;
}
