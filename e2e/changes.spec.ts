// Rows are repaired and edited: what is offered is what is done, and of two tabs the second one loses nothing.
import type { Page } from '@playwright/test';
import { shots } from './fixtures/shots';
import { expect, test } from './fixtures/test';

const F = '/dashboard/fine-tuning';
const MINUTE = 60_000;

// The first attempt to save is refused, and the browser logs that.
test.use({ expectedErrors: [/40[49] \((Conflict|Not Found)\)/] });

const chat = (...texts: [role: string, content: string][]) =>
  JSON.stringify({ messages: texts.map(([role, content]) => ({ role, content })) });
const sums = Array.from({ length: 12 }, (_, i) =>
  chat(['user', `What is ${i} plus ${i}?`], ['assistant', `It is ${2 * i}.`]),
);

const panelOf = (page: Page) => page.getByRole('region', { name: 'Example', exact: true });

async function edit(page: Page, address: string, line: number, answer: string) {
  // The browser draws a tab behind another one only now and then, and every click waits for that.
  await page.bringToFront();
  await page.goto(`${address}?tab=preview&line=${line}`);
  await page
    .getByRole('table', { name: 'Examples' })
    .getByRole('button', { name: /^What is/ })
    .click();
  await panelOf(page).getByRole('button', { name: 'Edit example' }).click();
  await panelOf(page).getByLabel('Text of message 2').fill(answer);
}
async function save(page: Page, name = 'Save') {
  await page.bringToFront();
  await panelOf(page).getByRole('button', { name, exact: true }).click();
}
const saved = (page: Page, number: number) => page.getByText(`Saved as v${number}`, { exact: true });

async function uploaded(page: Page, name: string, lines: readonly string[]): Promise<string> {
  await page.goto(`${F}/datasets`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload files' }).click();
  const buffer = Buffer.from(lines.join('\n'));
  await (await chooser).setFiles({ name: `${name}.jsonl`, mimeType: 'application/jsonl', buffer });
  await page.getByRole('table', { name: 'Datasets' }).getByRole('link', { name, exact: true }).click();
  await expect(page.getByText(`v1 · ${lines.length} rows`).first()).toBeVisible({ timeout: MINUTE });
  return new URL(page.url()).pathname;
}

test('a repair does what its button says, and an edit is warned of what the import warns of', async ({
  signedIn: page,
  own,
}) => {
  test.setTimeout(3 * MINUTE);
  const blank = chat(['user', ' '], ['assistant', ' ']);
  const secret = 'https://jane:p4ssword@example.org/x';
  const address = await uploaded(page, own('Sums to repair'), [
    ...sums,
    chat(['system', ' '], ['user', 'What is nothing?'], ['assistant', 'Zero.']),
    blank,
    chat(['user', 'Where is it?'], ['assistant', `At ${secret}, says jane@example.org.`]),
  ]);
  // The worst row comes first, and the address says so.
  const rows = page.getByRole('table', { name: 'Examples' });
  await rows.getByRole('button', { name: 'Score' }).click();
  await expect(rows.getByRole('columnheader', { name: 'Score' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows.getByRole('row').nth(1)).toContainText('Where is it?');
  await expect(page).toHaveURL(/sort=worst/);
  await shots(page, 'worst-first');
  await page.goto(`${address}?tab=problems`);
  const fixes = page.getByRole('button', { name: /^Fix / });
  await expect(fixes).toHaveCount(3);
  await shots(page, 'repairs');
  // Keys come first; their repair leaves the mail address beside them.
  const keys = page.getByRole('heading', { name: /keys, tokens or passwords/ }).locator('xpath=ancestor::section[1]');
  await keys.getByRole('button', { name: 'Fix 1 row…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('ins')).toHaveText(/\[secret\]/);
  await shots(page, 'repair-of-secrets');
  await dialog.getByRole('button', { name: 'Fix 1 row', exact: true }).click();
  await expect(saved(page, 2)).toBeVisible();

  await edit(page, address, 3, ' ');
  await expect(panelOf(page).getByText('This assistant message has no visible text.')).toBeVisible();
  await expect(panelOf(page).getByText(/one thing is worth a look/)).toBeVisible();
  await shots(page, 'edit-warned');
});

test('a row that was edited or deleted in another tab meanwhile', async ({ signedIn: page, own }) => {
  test.setTimeout(4 * MINUTE);
  const address = await uploaded(page, own('Sums of two tabs'), sums);
  const other = await page.context().newPage();

  await test.step('both texts are shown, and one of them is taken', async () => {
    await edit(page, address, 3, 'It is four, I think.');
    await edit(other, address, 3, 'It is exactly four.');
    await save(other);
    await expect(saved(other, 2)).toBeVisible();
    await save(page);
    const notice = panelOf(page).getByRole('alert');
    await expect(notice).toContainText('This row was edited meanwhile');
    await expect(notice.locator('del').first()).toContainText('exactly');
    await shots(page, 'edit-conflict');
    await notice.getByRole('button', { name: 'Take the text of v2' }).click();
    await expect(panelOf(page).getByLabel('Text of message 2')).toHaveValue('It is exactly four.');
    await panelOf(page).getByRole('button', { name: 'Back to yours' }).click();
    await expect(panelOf(page).getByLabel('Text of message 2')).toHaveValue('It is four, I think.');
    await save(page);
    await expect(saved(page, 3)).toBeVisible();
  });

  await test.step('the second text goes on top of the first', async () => {
    await edit(page, address, 4, 'Six, mine.');
    await edit(other, address, 4, 'Six, theirs.');
    await save(other);
    await expect(saved(other, 4)).toBeVisible();
    await save(page);
    await save(page, 'Save yours over it');
    await expect(saved(page, 5)).toBeVisible();
    await expect(panelOf(page).getByText('Six, mine.')).toBeVisible();
  });

  await test.step('a row that is gone comes back as a new one', async () => {
    await edit(page, address, 5, 'Eight, and I want to keep it.');
    await other.bringToFront();
    await other.goto(`${address}?tab=preview&line=5`);
    await other
      .getByRole('table', { name: 'Examples' })
      .getByRole('button', { name: /^What is/ })
      .click();
    await panelOf(other).getByRole('button', { name: 'More for this example' }).click();
    await other.getByRole('menuitem', { name: /^Delete/ }).click();
    await expect(saved(other, 6)).toBeVisible();
    await save(page);
    await expect(panelOf(page).getByRole('alert')).toContainText('This row was deleted meanwhile');
    await shots(page, 'edit-conflict-deleted');
    await save(page, 'Add as a new row');
    await expect(saved(page, 7)).toBeVisible();
    await page.goto(`${address}?tab=preview&q=keep`);
    await expect(page.getByRole('table', { name: 'Examples' }).getByText(/I want to keep it/)).toBeVisible();
  });
});
