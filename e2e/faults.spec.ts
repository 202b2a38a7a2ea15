import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { cuttingProxy } from '../src/testing/cutting-proxy';
import { mutate, query } from './fixtures/api';
import { sampleLines } from './fixtures/data';
import { installation } from './fixtures/installation';
import { childPid } from './fixtures/processes';
import { expect, test } from './fixtures/test';

const F = '/dashboard/fine-tuning';
const MINUTE = 60_000;

/** Kills the trainer as often as it comes back within these milliseconds: start-up pauses grow, so it is away for seconds. */
async function keepTrainerAway(ms: number): Promise<void> {
  const until = Date.now() + ms;
  for (let last = 0; Date.now() < until; await sleep(100)) {
    const pid = childPid('trainer');
    if (pid === last) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone already; the next one is on its way.
    }
    last = pid;
  }
}

test('a trainer that dies under an open wizard is told on the job’s page, and the job goes on once it is back', async ({
  signedIn: page,
}) => {
  test.setTimeout(2 * MINUTE);
  await page.goto(`${F}/datasets?q=brand`);
  await page.getByRole('link', { name: /Brand voice/ }).click();
  await page.getByRole('link', { name: 'Fine-tune' }).click();
  const launch = page.getByRole('button', { name: /^Launch · free/ });
  await expect(launch).toBeEnabled();

  const away = keepTrainerAway(4000);
  await launch.click();
  await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}/);
  const told = page.getByRole('list', { name: 'Events' }).getByText(/Trying again|tried again/i);
  await expect(told.first()).toBeVisible({ timeout: 30_000 });
  await away;
  await expect(page.getByText('running', { exact: true }).first()).toBeVisible({ timeout: MINUTE });
  await expect(page.getByTestId('now')).toHaveAttribute('data-step', /^[1-9]/, { timeout: MINUTE });

  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page
    .getByRole('alertdialog')
    .or(page.getByRole('dialog'))
    .getByRole('button', { name: /Cancel job/ })
    .click();
  await expect(page.getByText('cancelled', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
});

test.describe('a cut connection', () => {
  test.use({ expectedErrors: [/ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_ALPN|Failed to load resource: net::/] });

  test('an upload of 60 MB whose connection is cut goes on where it was and arrives whole', async ({
    signedIn: page,
    own,
  }, info) => {
    const proxy = await cuttingProxy(installation().port, [30_000_000]);
    const lines = sampleLines('support-tickets', 400);
    const file = info.outputPath(`${own('Cut in the middle')}.jsonl`);
    const text = lines.repeat(Math.ceil(60_000_000 / Buffer.byteLength(lines)));
    writeFileSync(file, text);

    await page.goto(`${proxy.origin}${F}/datasets`);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Upload files' }).click();
    await (await chooser).setFiles(file);
    // Its first rows are there long before the rest of it.
    const first = page.getByRole('region', { name: /^First rows of/ });
    await expect(first).toContainText('first 200 rows');
    await expect(page.getByRole('progressbar', { name: /^Upload of/ })).toBeVisible();
    await expect(page.getByText(`${own('Cut in the middle')}.jsonl is uploaded and being checked`)).toBeVisible({
      timeout: MINUTE,
    });
    expect(proxy.resets()).toBe(1);

    interface Found {
      items: { id: string; version: { id: string; bytes: number }; pending: { id: string; bytes: number } | null }[];
    }
    const found = await query<Found>(page.request, 'datasets.list', { search: own('Cut in the middle') });
    expect(found.items).toHaveLength(1);
    const [{ id, version } = { id: '', version: { id: '', bytes: 0 } }] = found.items;
    expect(version.bytes).toBe(Buffer.byteLength(text));
    // Its check is tested elsewhere, and would take the processor from the tests that follow.
    await mutate(page.request, 'datasets.cancelImport', { datasetId: id, versionId: version.id });
    proxy.close();
  });
});
