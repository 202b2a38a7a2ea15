// A table becomes examples, the examples are set right version by version, and each version can be told apart and taken out.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { sampleLines } from './fixtures/data';
import { shots } from './fixtures/shots';
import { expect, test } from './fixtures/test';

const F = '/dashboard/fine-tuning';
const MINUTE = 60_000;

interface Row {
  messages: { role: string; content: string }[];
}

/** The support tickets as a spreadsheet would write them, with two rows that want attention. */
function table(): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = sampleLines('support-tickets', 60)
    .trim()
    .split('\n')
    .map((line) => {
      const { messages } = JSON.parse(line) as Row;
      const of = (role: string) => messages.find((message) => message.role === role)?.content ?? '';
      return [cell(of('user')), cell(of('assistant'))].join(',');
    });
  rows.push(`${cell('  Where is my parcel?\nIt was due on Monday.  ')},${cell('{"label":"delivery"}')}`);
  rows.push(`${cell('Write to me at jane.roe@example.com, please.')},${cell('{"label":"account"}')}`);
  return `question,reply\r\n${rows.join('\r\n')}\r\n`;
}

const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name });

test('a table becomes examples that are searched, set right, told apart and taken out', async ({
  signedIn: page,
  own,
}) => {
  test.setTimeout(4 * MINUTE);
  const name = own('Tickets from a table');

  await test.step('a file of another format is shown before it is imported', async () => {
    await page.goto(`${F}/datasets`);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Upload files' }).click();
    await (await chooser).setFiles({ name: `${name}.csv`, mimeType: 'text/csv', buffer: Buffer.from(table()) });
    const dialog = page.getByRole('dialog', { name: /^Import / });
    await expect(dialog).toBeVisible();
    await expect(dialog.getByText('{"label"').first()).toBeVisible();
    const layout = dialog.getByRole('combobox', { name: 'Layout of the file' });
    await expect(layout).toHaveText('CSV');
    await layout.click();
    await page.getByRole('option', { name: 'CSV with bars' }).click();
    await expect(dialog.getByText('Choose prompt and answer to see the first examples.')).toBeVisible();
    await layout.click();
    await page.getByRole('option', { name: 'CSV', exact: true }).click();
    await expect(dialog.getByText('{"label"').first()).toBeVisible();
    await shots(page, 'import-dialog');
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('table', { name: 'Datasets' }).getByRole('link', { name, exact: true }).click();
    await expect(page.getByText(/v1 · 62 rows/).first()).toBeVisible({ timeout: MINUTE });
  });
  const address = new URL(page.url()).pathname;
  const rows = page.getByRole('table', { name: 'Examples' });
  const saved = (number: number) => page.getByText(`Saved as v${number}`, { exact: true });

  await test.step('rows are found by their words, and one is edited into the next version', async () => {
    await page.goto(`${address}?q=parcel`);
    await expect(rows.getByRole('button', { name: /Where is my parcel/ })).toBeVisible();
    await rows.getByRole('button', { name: /Where is my parcel/ }).click();
    const panel = page.getByRole('region', { name: 'Example', exact: true });
    await expect(panel.getByText('It was due on Monday.')).toBeVisible();
    await shots(page, 'dataset-example');
    await panel.getByRole('button', { name: 'Edit example' }).click();
    const answer = panel.getByLabel('Text of message 2');
    await answer.fill('{"label":"shipping"}');
    await shots(page, 'dataset-edit');
    await panel.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(saved(2)).toBeVisible();
  });

  await test.step('personal data of all rows becomes words, after a look at what changes', async () => {
    await page.goto(address);
    await expect(rows).toBeVisible();
    await page.getByRole('button', { name: 'Change all rows' }).click();
    await page.getByRole('menuitem', { name: /personal data/i }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('jane.roe@example.com').first()).toBeVisible();
    await shots(page, 'dataset-redact');
    await dialog.getByRole('button', { name: 'Apply to 1 row', exact: true }).click();
    await expect(saved(3)).toBeVisible();
  });

  await test.step('problems are grouped, and safe repairs are offered', async () => {
    await tab(page, /Problems/).click();
    await expect(page.getByRole('tabpanel').locator('section, p').first()).toBeVisible();
    await shots(page, 'dataset-problem-groups');
  });

  await test.step('figures, fit, splits', async () => {
    await tab(page, 'Analysis').click();
    await expect(page.getByText('Languages').first()).toBeVisible({ timeout: MINUTE });
    await shots(page, 'dataset-analysis-rows');
    await page.getByRole('button', { name: 'Show all 23' }).click();
    const refusal = page.getByRole('switch', { name: 'Count refusal' });
    await refusal.click();
    await expect(page.getByText(/of 100, without 1 signal$/)).toBeVisible();
    await page.reload();
    await expect(refusal).not.toBeChecked();
    await refusal.click();
    await expect(page.getByText(/without 1 signal/)).toBeHidden();
    await tab(page, 'Fit').click();
    await expect(page.getByRole('list', { name: 'Base models' }).getByText('fits', { exact: true })).toBeVisible();
    await shots(page, 'dataset-fit');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Change the splits' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change the splits' });
    await dialog.getByLabel('Validation, %', { exact: true }).fill('20');
    const move = dialog.getByRole('button', { name: /^Move \d+ rows?$/ });
    await expect(move).toBeEnabled({ timeout: 20_000 });
    await shots(page, 'dataset-splits');
    await move.click();
    await expect(saved(4)).toBeVisible();
  });

  await test.step('versions are told apart, and an older one comes back', async () => {
    await page.goto(`${address}?tab=versions&compare=1..3`);
    const comparison = page.getByRole('region', { name: 'Comparison of two versions' });
    await expect(comparison.getByText(/2 (rows )?changed/)).toBeVisible({ timeout: 20_000 });
    await shots(page, 'dataset-diff');
    await page.goto(`${address}?tab=versions`);
    const goBack = await openGoBack(page);
    await shots(page, 'dataset-versions');
    await goBack.click();
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: /Go back/ })
      .click();
    await expect(page.getByText(/v5 · 62 rows/).first()).toBeVisible({ timeout: 20_000 });
    await page.goto(`${address}?tab=versions&compare=1..5`);
    await expect(page.getByText('These versions have the same rows.')).toBeVisible({ timeout: 20_000 });
  });

  await test.step('a version goes out as the bytes its checksum names', async () => {
    await page.goto(address);
    await page.getByRole('button', { name: 'Export' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Export v5' });
    const checksum = dialog.getByText(/^[0-9a-f]{64}$/);
    await expect(checksum).toBeVisible({ timeout: 20_000 });
    await shots(page, 'dataset-export');
    const download = page.waitForEvent('download');
    await dialog.getByRole('link', { name: 'Download' }).click();
    const bytes = readFileSync(await (await download).path());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(await checksum.innerText());
    expect(bytes.toString().trim().split('\n')).toHaveLength(62);
  });
});

/** Opens the actions of the first version. A press before the scripts of the tab are there does nothing: a person presses again. */
async function openGoBack(page: Page): Promise<Locator> {
  const goBack = page.getByRole('menuitem', { name: 'Go back to this version' });
  await expect(async () => {
    if (!(await goBack.isVisible())) await page.getByRole('button', { name: 'Actions for v1' }).click();
    await expect(goBack).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 20_000 });
  return goBack;
}

test('a row that was left out is set right, and is left out again when the version from before is back', async ({
  signedIn: page,
  own,
}) => {
  test.setTimeout(2 * MINUTE);
  const name = own('Rows with a gap');
  const rows = sampleLines('support-tickets', 12).trim().split('\n');
  const gap = '{"messages":[{"role":"user","content":"Where is my invoice?"}]}';
  const bytes = Buffer.from([...rows.slice(0, 5), gap, ...rows.slice(5), '{"messages":'].join('\n'));
  await page.goto(`${F}/datasets`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload files' }).click();
  await (await chooser).setFiles({ name: `${name}.jsonl`, mimeType: '', buffer: bytes });
  await page.getByRole('table', { name: 'Datasets' }).getByRole('link', { name, exact: true }).click();
  await expect(page.getByText(/v1 · 12 rows/).first()).toBeVisible({ timeout: MINUTE });
  const address = new URL(page.url()).pathname;
  const line = (number: number) => page.getByRole('button', { name: `Show line ${number} of the file` });

  await test.step('it is opened by its line, set right and added', async () => {
    await page.goto(`${address}?tab=problems`);
    await expect(page.getByRole('link', { name: 'Download 2 rows left out' })).toBeVisible();
    await line(6).first().click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Where is my invoice?')).toBeVisible();
    await dialog.getByRole('button', { name: 'Set right and add' }).click();
    await dialog.getByRole('button', { name: 'Add a message' }).click();
    await dialog.getByLabel('Text of message 2').fill('{"label":"billing"}');
    await expect(dialog.getByText(/Fit to train on/)).toBeVisible();
    await shots(page, 'dataset-left-out-add');
    await dialog.getByRole('button', { name: 'Add example' }).click();
    await expect(page.getByText('Saved as v2', { exact: true })).toBeVisible();
  });

  await test.step('the new version leaves it out no more, and the old one says where it is', async () => {
    await expect(page.getByRole('link', { name: 'Download 1 row left out' })).toBeVisible();
    await expect(line(14)).toBeVisible();
    await expect(line(6)).toHaveCount(0);
    await shots(page, 'dataset-left-out-after');
    await page.goto(`${address}?tab=problems&version=1`);
    await expect(line(6).first()).toBeVisible();
    await shots(page, 'dataset-left-out-before');
    await page.getByRole('link', { name: 'Set right and added in v2' }).first().click();
    await expect(page.getByRole('button', { name: /Where is my invoice/ })).toBeVisible();
  });

  await test.step('going back leaves it out again', async () => {
    await page.goto(`${address}?tab=versions`);
    await (await openGoBack(page)).click();
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: /Go back/ })
      .click();
    await expect(page.getByText(/v3 · 12 rows/).first()).toBeVisible({ timeout: 20_000 });
    await page.goto(`${address}?tab=problems`);
    await expect(line(6).first()).toBeVisible();
    await expect(page.getByRole('link', { name: 'Download 2 rows left out' })).toBeVisible();
  });
});

test('rows of a list are opened by their number, though all of them stand on one line', async ({
  signedIn: page,
  own,
}) => {
  test.setTimeout(2 * MINUTE);
  const name = own('Rows of a list');
  const rows = sampleLines('support-tickets', 12).trim().split('\n');
  const gaps = ['Where is my invoice?', 'Where is my parcel?'].map((content) =>
    JSON.stringify({ messages: [{ role: 'user', content }] }),
  );
  // The last example is there twice, and all of it is one line.
  const bytes = Buffer.from(`[${[...rows.slice(0, 5), gaps[0], ...rows.slice(5), gaps[1], rows[11]].join(',')}]`);
  await page.goto(`${F}/datasets`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload files' }).click();
  await (await chooser).setFiles({ name: `${name}.json`, mimeType: 'application/json', buffer: bytes });
  const listed = page.getByRole('table', { name: 'Datasets' }).getByRole('link', { name, exact: true });
  const confirm = page.getByRole('dialog', { name: /^Import / }).getByRole('button', { name: 'Import', exact: true });
  await expect(listed.or(confirm)).toBeVisible();
  if (await confirm.isVisible()) await confirm.click();
  await listed.click();
  await expect(page.getByText(/v1 · 13 rows/).first()).toBeVisible({ timeout: MINUTE });
  const address = new URL(page.url()).pathname;
  await page.goto(`${address}?tab=problems`);
  await expect(page.getByText('This example is the same as the one in row 13.')).toBeVisible();
  await page.getByRole('link', { name: 'Show row 15 in the preview' }).click();
  const examples = page.getByRole('table', { name: 'Examples' });
  await expect(examples.getByRole('columnheader', { name: 'Row', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Row 15', exact: true })).toBeVisible();
  await expect(examples.getByRole('checkbox', { name: 'Select row 15' })).toBeVisible();
  await shots(page, 'dataset-list-preview');
  const warned = examples.getByText('duplicate', { exact: true });
  await page.goto(`${address}?flag=warning`);
  await expect(warned).toBeVisible();
  await page.goto(`${address}?tab=analysis`);
  const copies = page.getByRole('switch', { name: 'Count duplicate', exact: true });
  await copies.click();
  await expect(page.getByText(/of 100, without 1 signal$/)).toBeVisible();
  // Its only signal does not count, so it has no warning either.
  await page.goto(`${address}?flag=warning`);
  await expect(page.getByText('No example matches these filters.')).toBeVisible();
  await page.goto(`${address}?line=15`);
  await expect(examples.getByText('100', { exact: true })).toBeVisible();
  await expect(warned).toHaveCount(0);
  await expect(examples.getByRole('img', { name: /warning/ })).toHaveCount(0);
  await shots(page, 'dataset-list-signal-off');
  await page.goto(`${address}?tab=analysis`);
  await copies.click();
  await expect(page.getByText(/without 1 signal/)).toBeHidden();
  await page.goto(`${address}?tab=problems`);
  await expect(page.getByText(/Open a row to set it right/)).toBeVisible();
  const row = (number: number) => page.getByRole('button', { name: `Show row ${number} of the file` });
  await expect(row(6).first()).toBeVisible();
  await shots(page, 'dataset-list-problems');
  await row(14).first().click();
  const dialog = page.getByRole('dialog', { name: /^Row 14 of / });
  await expect(dialog.getByText('Where is my parcel?')).toBeVisible();
  await shots(page, 'dataset-list-row');
  await dialog.getByRole('button', { name: 'Set right and add' }).click();
  const editor = page.getByRole('dialog', { name: 'Set right and add row 14' });
  await editor.getByRole('button', { name: 'Add a message' }).click();
  await editor.getByLabel('Text of message 2').fill('{"label":"delivery"}');
  await expect(editor.getByText(/Fit to train on/)).toBeVisible();
  await editor.getByRole('button', { name: 'Add example' }).click();
  await expect(page.getByText('Saved as v2', { exact: true })).toBeVisible();
  await expect(page.getByText(/Row 14 set right and added/)).toBeVisible();
  await expect(row(14)).toHaveCount(0);
  await expect(row(6).first()).toBeVisible();
});
