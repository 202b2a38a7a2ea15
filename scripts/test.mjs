// `npm test`: everything that can be checked, on a fresh clone too. All stages run, also after a failure; the last line
// is the sum. Options: CHROMIUM_PATH names the browser, TEST_DATABASE_URL a Postgres to use instead of an embedded one.
import './node-version.mjs';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareProject } from './start/prepare.mjs';
import { findChromium } from './test/chromium.mjs';
import { runStage, stages } from './test/stages.mjs';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));
process.env.NEXT_TELEMETRY_DISABLED = '1';
const reports = path.resolve('e2e/.results');
const total = { passed: 0, failed: 0, skipped: 0, flaky: 0 };
const notes = [];
const started = Date.now();

const count = (tally) => {
  for (const key of Object.keys(total)) total[key] += tally[key] ?? 0;
};

try {
  await prepareProject();
  mkdirSync(reports, { recursive: true });
  const all = stages(reports);

  for (const stage of [all.lock, all.processes]) count(await runStage(stage));
  // Two lanes for two cores. The integration tests wait for databases, clocks and other processes for a third of their
  // time: the end of the build uses it.
  const lane = async (...list) => {
    for (const stage of list) count(await runStage(stage));
  };
  const building = lane(all.types).then(() => runStage(all.build));
  await lane(all.lint, all.architecture, all.unused, all.description, all.unit);
  count(await runStage(all.integration, { loud: true }));
  const build = await building;
  count(build);

  const browser = build.failed > 0 ? null : findChromium();
  if (browser) {
    console.log(`Chromium: ${browser.path ?? 'own'} (${browser.how})`);
    if (browser.path) process.env.CHROMIUM_PATH = browser.path;
    const halves = [all.pages, all.training].map((stage) => runStage(stage, { loud: true }));
    for (const tally of await Promise.all(halves)) count(tally);
  } else {
    total.failed += 1;
    notes.push(
      build.failed > 0
        ? 'Browser tests were skipped: there is no build.'
        : 'Browser tests were skipped: no Chromium. Install one, or set CHROMIUM_PATH.',
    );
  }
} catch (error) {
  console.error(error.expected ? error.message : error);
  total.failed += 1;
}

if (total.skipped > 0) notes.push(`${total.skipped} tests skipped themselves; their reports say why.`);
if (total.flaky > 0) notes.push(`${total.flaky} browser tests passed on the second try only: see the list above.`);
console.log(`\nAll stages: ${Math.round((Date.now() - started) / 1000)} s`);
for (const note of notes) console.log(note);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
