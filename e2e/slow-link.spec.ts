// The page is there, its scripts are still on the way: what somebody types and presses meanwhile must not be lost.
import type { Page } from '@playwright/test';
import { owner } from './fixtures/installation';
import { expect, test } from './fixtures/test';

const F = '/dashboard/fine-tuning';

/** Opens a page whose scripts wait until they are let through. */
async function openWithoutScripts(page: Page, path: string): Promise<() => Promise<void>> {
  let arrive = (): void => undefined;
  const arrival = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const scripts = /\/_next\/static\/.*\.js/;
  await page.route(scripts, async (route) => {
    await arrival;
    await route.continue();
  });
  await page.goto(path, { waitUntil: 'commit' });
  return async () => {
    arrive();
    await page.waitForLoadState('load');
    await page.unroute(scripts);
  };
}

test.describe('before the scripts of a page have arrived', () => {
  test('who signs in is signed in once they are there, by one request', async ({ page }) => {
    const letThrough = await openWithoutScripts(page, `/login?callbackUrl=${encodeURIComponent(`${F}/budgets`)}`);
    const address = page.url();
    await page.getByLabel('Mail address').fill(owner().email);
    await page.getByLabel('Password').fill(owner().password);
    const asked: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && asked.push(new URL(request.url()).pathname));
    await page.getByLabel('Password').press('Enter');
    await page.getByRole('button', { name: 'Sign in' }).click();
    // Nothing has left the page, above all no password in an address.
    expect(asked).toEqual([]);
    expect(page.url()).toBe(address);
    await letThrough();
    await expect(page).toHaveURL(/\/budgets$/);
    expect(asked.filter((path) => path === '/api/auth/callback/credentials')).toHaveLength(1);
  });

  test('what was typed to sign in stays, and is sent later', async ({ page }) => {
    const letThrough = await openWithoutScripts(page, '/login');
    await page.getByLabel('Mail address').fill(owner().email);
    await page.getByLabel('Password').fill(owner().password);
    await letThrough();
    await expect(page.getByLabel('Mail address')).toHaveValue(owner().email);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/fine-tuning$/);
  });

  test('a password that is changed does not get into an address', async ({ signedIn: page }) => {
    const letThrough = await openWithoutScripts(page, '/dashboard/settings?tab=password');
    const address = page.url();
    await page.getByLabel('Current password').fill('not the password');
    await page.getByLabel('New password').fill('too short');
    await page.getByLabel('New password').press('Enter');
    await letThrough();
    await expect(page.getByText('At least 10 characters').nth(1)).toBeVisible();
    await expect(page.getByLabel('Current password')).toHaveValue('not the password');
    await expect(page.getByLabel('New password')).toHaveValue('too short');
    expect(page.url()).toBe(address);
  });

  test('a field that shows a stored value takes another one', async ({ signedIn: page, own }) => {
    const letThrough = await openWithoutScripts(page, '/dashboard/settings?tab=workspace');
    await page.getByLabel('Name', { exact: true }).fill(own('Typed early'));
    await letThrough();
    await expect(page.getByRole('button', { name: 'Rename' })).toBeEnabled();
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue(own('Typed early'));
  });

  test('lists are searched for what was typed, also after other things changed', async ({ signedIn: page }) => {
    const letThrough = await openWithoutScripts(page, `${F}/datasets`);
    const search = page.getByRole('searchbox', { name: 'Search datasets' });
    await search.pressSequentially('brand');
    await letThrough();
    await expect(page).toHaveURL(/\/datasets\?q=brand$/);
    await expect(page.getByRole('link', { name: /Brand voice/ })).toBeVisible();
    await expect(page.getByRole('link', { name: /Support tickets/ })).toHaveCount(0);
    // Where the caret was, so that typing can go on.
    await page.keyboard.type(' voice');
    await expect(page).toHaveURL(/\/datasets\?q=brand(\+|%20)voice$/);
  });

  test('a bound that was set and left takes effect', async ({ signedIn: page }) => {
    await page.goto(`${F}/datasets`);
    await page.getByRole('link', { name: /Brand voice/ }).click();
    await expect(page.getByRole('table', { name: 'Examples' })).toBeVisible();
    const letThrough = await openWithoutScripts(page, new URL(page.url()).pathname);
    await page.getByLabel('Lowest tokens').fill('40');
    await page.getByLabel('Lowest tokens').press('Tab');
    await letThrough();
    await expect(page).toHaveURL(/[?&]min=40/);
    await expect(page.getByLabel('Lowest tokens')).toHaveValue('40');
  });
});
