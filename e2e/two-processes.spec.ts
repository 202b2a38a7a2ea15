import { makeApiKey, restClient, signInAt } from './fixtures/api';
import { sampleLines } from './fixtures/data';
import { installation } from './fixtures/installation';
import { type SecondProcess, startSecondProcess } from './fixtures/second-process';
import { expect, test } from './fixtures/test';

interface Job {
  id: string;
  status: string;
}

let second: SecondProcess;
test.beforeAll(async () => {
  second = await startSecondProcess();
});
test.afterAll(() => second.stop());

test('two processes on one database share work, sign-in and live updates', async ({ playwright, browser }) => {
  test.setTimeout(180_000);
  const request = await playwright.request.newContext();
  const key = await makeApiKey(request, 'two processes');
  await request.dispose();
  const { call, until, upload } = restClient(key);

  const dataset = await upload('Shared work', sampleLines('brand-voice', 40));
  await until<{ version: { status: string } }>(
    `/api/fine-tuning/datasets/${dataset.id}`,
    ({ version }) => version.status === 'ready',
    60_000,
  );
  const { id } = await call<Job>('POST', '/api/fine-tuning/jobs', {
    dataset: dataset.id,
    name: 'Shared work',
    hyperparameters: { epochs: 4, batchSize: 2, learningRateMultiplier: 1 },
  });

  // The first process took the job; its curve moves on a page that the second one serves.
  const context = await browser.newContext({ baseURL: second.url });
  const page = await context.newPage();
  await signInAt(page.request, second.url);
  await page.goto(`/dashboard/fine-tuning/jobs/${id}`);
  const now = page.locator('[data-step]').first();
  await expect(now).toBeVisible({ timeout: 60_000 });
  const step = async () => Number(await now.getAttribute('data-step'));
  const before = await step();
  await expect.poll(step, { timeout: 30_000 }).toBeGreaterThan(before);

  const job = await until<Job>(`/api/fine-tuning/jobs/${id}`, ({ status }) => status === 'succeeded', 120_000);
  expect(job.status).toBe('succeeded');
  await expect(page.getByText('Succeeded').first()).toBeVisible({ timeout: 10_000 });
  await context.close();

  const [mine, theirs] = await Promise.all(
    [installation().url, second.url].map(async (url) => (await fetch(`${url}/api/health`)).json()),
  );
  expect((mine as { instance: string }).instance).not.toBe((theirs as { instance: string }).instance);
});
