import type { Browser, Page } from '@playwright/test';
import { makeApiKey, mutate, query, restClient, signIn } from './fixtures/api';
import { sampleLines } from './fixtures/data';
import { installation, owner } from './fixtures/installation';
import { expect, test } from './fixtures/test';

const F = '/dashboard/fine-tuning';
const MINUTE = 60_000;

const spreadsheet = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(2000, 7)]);

/** A file as someone might drop it, and the words that the page must find for it. */
const files: { name: string; bytes: Buffer; title: string; words: string | RegExp }[] = [
  {
    name: 'page',
    bytes: Buffer.from('<!doctype html>\r\n<html><body>Hello, you</body></html>\r\n'),
    title: 'The file is not JSONL',
    words: 'looks like HTML or XML',
  },
  {
    name: 'wide',
    bytes: Buffer.from(`\ufeff${sampleLines('brand-voice', 20)}`, 'utf16le'),
    title: 'The file is UTF-16, not UTF-8',
    words: 'training files are UTF-8',
  },
  {
    name: 'broken',
    bytes: Buffer.from('{"messages": [}\n'.repeat(10_000)),
    title: 'Lines are not valid JSON',
    words: /10.000 ×/,
  },
];

// The storage refuses the spreadsheet at its first bytes.
test.use({ expectedErrors: [/415 \(Unsupported Media Type\)/] });

test('files that are no data get a clear and bounded report, and harm nothing', async ({ signedIn: page, own }) => {
  await page.goto(`${F}/datasets`);
  const choose = async (...chosen: { name: string; bytes: Buffer }[]) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Upload files' }).click();
    await (await chooser).setFiles(chosen.map(({ name, bytes }) => ({ name, mimeType: '', buffer: bytes })));
  };
  // Alone: among others, a file that cannot be data only stays out.
  await choose({ name: 'report.xlsx', bytes: spreadsheet });
  await choose(
    { name: 'nothing.jsonl', bytes: Buffer.alloc(0) },
    { name: 'spreadsheet.jsonl', bytes: spreadsheet },
    ...files.map(({ name, bytes }) => ({ name: `${own(name)}.jsonl`, bytes })),
  );
  const uploads = page.getByRole('region', { name: 'Uploads' });
  await expect(uploads.getByText('The file is empty (0 bytes)')).toBeVisible();
  await expect(uploads.getByText('Files ending in .xlsx cannot be read')).toBeVisible();
  await expect(uploads.getByText('a ZIP archive or an Office document')).toBeVisible();

  for (const { name, title, words } of files) {
    await page
      .getByRole('table', { name: 'Datasets' })
      .getByRole('link', { name: own(name), exact: true })
      .click();
    await expect(page.getByText('Version 1 could not be used')).toBeVisible({ timeout: MINUTE });
    await expect(page.getByRole('button', { name: 'Fine-tune' })).toBeDisabled();
    await page.getByRole('tab', { name: /Problems/ }).click();
    // The exact title: the notice above the tabs quotes it too.
    await expect(page.getByRole('tabpanel').getByText(title, { exact: true })).toBeVisible();
    await expect(page.getByText(words).first()).toBeVisible();
    expect(
      await page
        .locator('main')
        .innerText()
        .then((text) => text.length),
      `${name}: bounded`,
    ).toBeLessThan(4000);
    await page.getByRole('link', { name: 'Datasets', exact: true }).first().click();
  }
  await expect(page.getByRole('link', { name: 'Support tickets (sample)' })).toBeVisible();
});

test.describe('who may not', () => {
  test.use({ expectedErrors: [/40[134] \((Unauthorized|Forbidden|Not Found)\)/] });

  test('a wrong password, unknown things and an ended session are told in words, and one comes back', async ({
    page,
  }) => {
    await page.goto(`${F}/budgets?tab=prices`);
    await page.getByLabel('Mail address').fill(owner().email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('do not belong together')).toBeVisible();
    await page.getByLabel('Password').fill(owner().password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/budgets\?tab=prices$/);

    const unknown = '01a00000-0000-7000-8000-000000000000';
    for (const [path, words] of [
      [`${F}/datasets/${unknown}`, /dataset was not found/i],
      [`${F}/jobs/${unknown}`, /job was not found/i],
      [`${F}/models/${unknown}`, /model was not found/i],
      [`${F}/agents/${unknown}`, /agent was not found/i],
      [`${F}/datasets/no-id`, /This was not found here/],
    ] as const) {
      await page.goto(path);
      await expect(page.getByText(words).first()).toBeVisible();
    }

    // The session ends while a page is open: a click that asks the server says so, and what was open is there again.
    await page.goto(`${F}/datasets?q=brand`);
    await expect(page.getByRole('link', { name: /Brand voice/ })).toBeVisible();
    await page.context().clearCookies();
    await page.getByRole('combobox', { name: 'Order' }).click();
    await page.getByRole('option', { name: 'By name' }).click();
    const notice = page.getByRole('alert').filter({ hasText: 'You are no longer signed in' });
    await expect(notice).toBeVisible();
    await notice.getByRole('button', { name: 'Sign in' }).click();
    await signInByForm(page);
    await expect(page).toHaveURL(/\/datasets\?q=brand&sort=name$/);
    await expect(page.getByRole('link', { name: /Brand voice/ })).toBeVisible();

    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Jobs', exact: true }).first().click();
    await signInByForm(page);
    await expect(page).toHaveURL(/\/fine-tuning\/jobs$/);
  });

  test('a revoked key opens nothing, and a viewer sees no action that is not theirs', async ({
    browser,
    playwright,
    own,
  }) => {
    const request = await playwright.request.newContext();
    const key = await makeApiKey(request, own('to be revoked'));
    const { call, until, upload } = restClient(key);
    const dataset = await upload('For viewers', sampleLines('brand-voice', 12));
    await until<{ version: { status: string } }>(
      `/api/fine-tuning/datasets/${dataset.id}`,
      ({ version }) => version.status === 'ready',
      MINUTE,
    );
    const keys = await query<{ items: { id: string; name: string }[] }>(request, 'workspaces.apiKeys', {});
    const { id } = keys.items.find(({ name }) => name === own('to be revoked')) ?? { id: '' };
    await mutate(request, 'workspaces.revokeApiKey', { id });
    const refusal = await call('GET', '/api/fine-tuning/datasets').catch((error: Error) => error.message);
    expect(refusal).toMatch(/401 .*key/);

    const agent = await mutate<{ id: string }>(request, 'agents.create', {
      name: 'Looked at',
      slug: own('looked-at'),
    });
    const email = `${own('viewer')}@example.com`;
    const { firstPassword } = await mutate<{ firstPassword: string }>(request, 'workspaces.addMember', {
      email,
      role: 'viewer',
    });
    const page = await pageOf(browser, { email, password: firstPassword });
    for (const [path, settled] of [
      [F, /Running jobs/],
      [`${F}/datasets`, /For viewers/],
      [`${F}/datasets/${dataset.id}`, /12 rows/],
      [`${F}/jobs`, /A job teaches|Jobs/],
      [`${F}/jobs/new`, /Viewers look on here/],
      [`${F}/models`, /Models/],
      [`${F}/agents`, /Looked at/],
      [`${F}/agents/${agent.id}`, /looked-at/],
      [`${F}/providers`, /Base models/],
      [`${F}/budgets`, /Caps/],
      ['/dashboard/settings', /Members/],
    ] as const) {
      await page.goto(path);
      await expect(page.getByText(settled).first()).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await expect(page.locator('main').getByRole('button', { name: FORBIDDEN }), path).toHaveCount(0);
      await expect(page.locator('main').getByRole('link', { name: FORBIDDEN }), path).toHaveCount(0);
    }
    await page.context().close();
    await request.dispose();
  });
});

/** Whatever changes something. */
const FORBIDDEN =
  /upload|paste|new (job|agent|release)|fine-tune|launch|delete|clone|cancel|deploy|add |check now|revoke|remove|rename|^save|role of|more (actions|for)/i;

async function signInByForm(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('Mail address').fill(owner().email);
  await page.getByLabel('Password').fill(owner().password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function pageOf(browser: Browser, account: { email: string; password: string }): Promise<Page> {
  const context = await browser.newContext({ baseURL: installation().url });
  const page = await context.newPage();
  await signIn(page.request, account);
  return page;
}
