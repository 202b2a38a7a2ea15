// Kills every part in the middle of a training run. Named to run last: it shakes the installation the others share.
import { setTimeout as sleep } from 'node:timers/promises';
import { makeApiKey, restClient, watchJob } from './fixtures/api';
import { sampleLines } from './fixtures/data';
import { installation } from './fixtures/installation';
import { childPid, postgresPid } from './fixtures/processes';
import { expect, test } from './fixtures/test';

interface Job {
  id: string;
  status: string;
  lastStep: number;
  totalSteps: number | null;
  error: unknown;
}

interface Event {
  seq: number;
  type: string;
  message: string;
  data: { step?: number } | null;
}

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const ENDED = ['succeeded', 'failed', 'cancelled'];
const MINUTE = 60_000;

test('a job survives kill -9 of the app, the trainer and the database in mid-training', async ({ playwright }) => {
  test.setTimeout(12 * MINUTE);
  const request = await playwright.request.newContext();
  const { call, until, upload } = restClient(await makeApiKey(request, 'survival'));

  const dataset = await upload('Survivor', sampleLines('brand-voice', 60));
  await until<{ version: { status: string } }>(
    `/api/fine-tuning/datasets/${dataset.id}`,
    ({ version }) => version.status === 'ready',
    MINUTE,
  );
  const { id } = await call<Job>('POST', '/api/fine-tuning/jobs', {
    dataset: dataset.id,
    name: 'Survivor',
    // Long enough for three kills on a fast machine: here they are over within a quarter of it.
    hyperparameters: { epochs: 5, batchSize: 2, learningRateMultiplier: 1 },
  });
  // An unwatched job is looked at every 15 s only.
  const stopWatching = await watchJob(request, id);
  const path = `/api/fine-tuning/jobs/${id}`;

  const victims: [string, () => number][] = [
    ['the trainer', () => childPid('trainer')],
    ['the database', postgresPid],
    // Last: it takes longest to answer again, and the training goes on meanwhile.
    ['the app', () => childPid('web')],
  ];
  let seen = 0;
  for (const [name, pidOf] of victims) {
    const job = await until<Job>(path, ({ status, lastStep }) => ENDED.includes(status) || lastStep > seen, MINUTE);
    expect(job.status, `still running when ${name} is killed`).toBe('running');
    seen = job.lastStep;
    const pid = pidOf();
    process.kill(pid, 'SIGKILL');
    console.log(`step ${seen} of ${job.totalSteps}: killed ${name} (${pid})`);
    await sleep(300);
  }

  const job = await until<Job>(path, ({ status }) => ENDED.includes(status), 6 * MINUTE);
  expect(job.status, JSON.stringify(job.error)).toBe('succeeded');
  expect(job.lastStep).toBe(job.totalSteps);
  stopWatching();
  await request.dispose();

  // Nothing lost, nothing told twice: sequence numbers without a hole, and each step's metrics exactly once.
  const events: Event[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page: Page<Event> = await call('GET', `${path}/events?limit=200${query}`);
    events.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  const seqs = events.map(({ seq }) => seq).sort((a, b) => a - b);
  expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, i) => i + 1));
  const steps = events.flatMap(({ type, data }) => (type === 'metric' && data?.step !== undefined ? [data.step] : []));
  steps.sort((a, b) => a - b);
  expect(steps).toEqual(Array.from({ length: (job.totalSteps ?? 0) + 1 }, (_, i) => i));

  // One model: registering it is a step of its own after the end, and a run whose process died is taken up again.
  const mine = ({ items }: Page<{ job: { id: string } }>) => items.filter((model) => model.job.id === id);
  const models = await until<Page<{ job: { id: string } }>>(
    '/api/fine-tuning/models',
    (page) => mine(page).length > 0,
    2 * MINUTE,
  );
  expect(mine(models)).toHaveLength(1);
  const health = await until<{ status: string }>('/api/health', ({ status }) => status !== 'down', MINUTE);
  console.log(`health of ${installation().url} afterwards: ${health.status}`);
});
