import type { Locator, Page } from '@playwright/test';
import { makeApiKey, mutate, restClient } from './fixtures/api';
import { carryAxe, expectAccessible, expectAccessibleHere } from './fixtures/axe';
import { sampleLines } from './fixtures/data';
import { owner } from './fixtures/installation';
import { expect, test } from './fixtures/test';

const F = '/dashboard/fine-tuning';
const SAMPLE = 'Support tickets (sample)';

/** Presses Tab until this has the focus, and sees that one can see it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      const ring = await target.evaluate((element) => {
        // A link that makes a whole row pressable draws its ring around the row.
        const styles = [getComputedStyle(element), getComputedStyle(element, '::after')];
        return styles.some(({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none');
      });
      expect(ring, 'the focus is visible').toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`60 times Tab did not reach ${target}`);
}

test('the keyboard alone leads from signing in to the launch', async ({ page }) => {
  await page.goto('/login');
  await expect(page.getByLabel('Mail address')).toBeFocused();
  await page.keyboard.type(owner().email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(owner().password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();

  await tabTo(page, page.getByRole('link', { name: 'Datasets', exact: true }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: SAMPLE }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: SAMPLE, level: 1 })).toBeVisible();
  await tabTo(page, page.getByRole('link', { name: 'Fine-tune' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'New job' })).toBeVisible();
  const launch = page.getByRole('button', { name: /^Launch/ });
  await expect(launch).toBeEnabled();
  await tabTo(page, launch);

  await page.keyboard.press('?');
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(shortcuts).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(shortcuts).toBeHidden();
  await expect(launch).toBeFocused();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search' });
  await expect(palette).toBeVisible();
  await page.keyboard.type('brand');
  await expect(palette.getByRole('option', { name: /Brand voice/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Brand voice/, level: 1 })).toBeVisible();
  await expect(palette).toBeHidden();
});

test('axe finds nothing on any page, in light, in dark and on a phone', async ({ page, playwright, own }) => {
  test.setTimeout(3 * 60_000);
  await carryAxe(page);
  await page.goto('/login');
  await expectAccessible(page, 'login');

  const apart = await playwright.request.newContext();
  const { call, until, upload } = restClient(await makeApiKey(apart, 'accessibility'));
  // A short job trains while the other pages are looked at; its monitor and its model come last.
  const dataset = await upload('Axe', `${sampleLines('support-tickets', 40)}not json\n`);
  await until<{ version: { status: string } }>(
    `/api/fine-tuning/datasets/${dataset.id}`,
    ({ version }) => version.status === 'ready',
    60_000,
  );
  const job = await call<{ id: string }>('POST', '/api/fine-tuning/jobs', {
    dataset: dataset.id,
    name: 'Axe',
    hyperparameters: { epochs: 1, batchSize: 4, learningRateMultiplier: 1 },
  });
  const agent = await mutate<{ id: string }>(apart, 'agents.create', { name: 'Axe', slug: own('axe') });

  await page.context().addCookies((await apart.storageState()).cookies);
  const look = async (path: string, ready: Locator = page.getByRole('heading', { level: 1 })) => {
    await page.goto(path);
    await expect(ready.first()).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await expectAccessible(page, path);
  };

  await look(F);
  await look(`${F}/datasets`);
  await page.getByRole('button', { name: 'Paste' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessibleHere(page, 'a dialog');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  for (const tab of ['preview', 'problems', 'analysis', 'versions', 'used-by'])
    await look(`${F}/datasets/${dataset.id}?tab=${tab}`);
  await look(`${F}/jobs`);
  await look(`${F}/jobs/new`, page.getByRole('button', { name: /^Launch/ }));
  await look(`${F}/models`);
  await look(`${F}/agents`);
  for (const tab of ['playground', 'releases', 'conversations', 'analytics', 'settings'])
    await look(`${F}/agents/${agent.id}?tab=${tab}`);
  await look(`${F}/providers`);
  for (const tab of ['spending', 'ledger', 'prices']) await look(`${F}/budgets?tab=${tab}`);
  for (const tab of ['members', 'keys', 'audit', 'workspace', 'password']) await look(`/dashboard/settings?tab=${tab}`);
  await look('/dashboard/ops');
  await page.getByRole('table', { name: 'Runs' }).getByRole('button').first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessibleHere(page, 'a sheet');
  await look('/dashboard/nowhere', page.getByText('This was not found here'));

  await look(`${F}/jobs/${job.id}`);
  const { items } = await until<{ items: { id: string; job: { id: string } | null }[] }>(
    '/api/fine-tuning/models',
    ({ items: models }) => models.some((model) => model.job?.id === job.id),
    60_000,
  );
  const model = items.find((one) => one.job?.id === job.id);
  await look(`${F}/models/${model?.id}`);
  await apart.dispose();
});
