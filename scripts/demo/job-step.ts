import { setTimeout as sleep } from 'node:timers/promises';
import { ExpectedError } from '../start/say';
import type { DemoClient } from './client';
import { duration, type Screen } from './screen';
import { baseModels, type Dataset, type JobDetail, job, jobDetail, jobEvents, type Plan, plan, trpc } from './shapes';

const BUILTIN_MODEL = 'tiny-chat-1';
/** A minute on two idle cores; a busy machine gets its time. */
const TIMEOUT_MS = 1_200_000;
const POLL_MS = 500;
const ENDED = ['succeeded', 'failed', 'cancelled'];

export interface JobResult {
  id: string;
  status: string;
  /** From the launch to the end of the training, as the caller saw it. */
  seconds: number;
  modelId: string | null;
}

const NANO = 1e9;

function printPlan({ estimate, resolved, steps, expectedMs, warnings }: Plan, screen: Screen): void {
  const { epochs, batchSize, learningRateMultiplier: rate } = resolved;
  screen.fact('epochs', `${epochs.expected}   ${epochs.why}`);
  screen.fact('batch size', `${batchSize.expected}   ${batchSize.why}`);
  screen.fact('learning rate', `× ${rate.expected}`);
  screen.fact('steps', `${steps}${expectedMs ? `, about ${duration(expectedMs)}` : ''}`);
  const cost = estimate.free
    ? `free: ${estimate.freeReason ?? ''}`
    : estimate.expected
      ? `$${(Number(estimate.expected) / NANO).toFixed(4)}`
      : `unknown: ${estimate.unknownReason ?? ''}`;
  screen.fact('cost', cost);
  if (!estimate.free) for (const line of estimate.arithmetic) screen.fact('', line);
  for (const warning of warnings) screen.fact('note', warning);
}

/** What the built-in model would need for this dataset. @throws ExpectedError when something stands in the way */
async function planJob(client: DemoClient, datasetVersionId: string, screen: Screen) {
  const models = (await client.get(trpc(baseModels), '/api/trpc/providers.baseModels')).result.data.json;
  const base = models.find(({ id }) => id === BUILTIN_MODEL) ?? models[0];
  if (!base) throw new ExpectedError('There is no base model to tune. Is the built-in trainer running?');
  const wish = { datasetVersionId, connectionId: base.connectionId, baseModel: base.id };
  const input = encodeURIComponent(JSON.stringify({ json: wish }));
  const planned = (await client.get(trpc(plan), `/api/trpc/jobs.plan?input=${input}`)).result.data.json;
  screen.fact('base model', `${base.label} at ${base.connectionLabel}`);
  printPlan(planned, screen);
  if (planned.blockers.length > 0) throw new ExpectedError(planned.blockers.map(({ message }) => message).join('\n'));
  return wish;
}

const loss = (value: number | null) => (value === null ? '–' : value.toFixed(3));

function draw(now: JobDetail, screen: Screen): void {
  const { totalSteps, lastStep, remainingMs, status } = now;
  if (!totalSteps || lastStep === 0) {
    screen.progress(null, status);
    return;
  }
  const left = remainingMs === null || remainingMs === 0 ? '' : `, ${duration(remainingMs)} left`;
  const text = `step ${lastStep}/${totalSteps}, loss ${loss(now.trainLoss)}, validation ${loss(now.validLoss)}${left}`;
  screen.progress(lastStep / totalSteps, text);
}

/** Launches a job on the dataset and shows it until it has ended. @throws ExpectedError when it does not succeed */
export async function trainModel(client: DemoClient, { version }: Dataset, screen: Screen): Promise<JobResult> {
  screen.title('2  Estimate');
  const wish = await planJob(client, version.id, screen);
  screen.title('3  Train');
  const begun = Date.now();
  const { id } = await client.post(job, '/api/fine-tuning/jobs', wish, crypto.randomUUID());
  screen.beginProgress();
  let cursor: string | null = null;
  const seen = new Set<number>();
  for (const deadline = begun + TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    const page: typeof jobEvents._output = await client.get(
      jobEvents,
      `/api/fine-tuning/jobs/${id}/events?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    cursor = page.nextCursor ?? cursor;
    for (const event of page.items) {
      if (seen.has(event.seq)) continue;
      seen.add(event.seq);
      if (event.type !== 'metric') screen.line(`  ${screen.style('dim', `${event.type.padEnd(10)} ${event.message}`)}`);
    }
    const now = await client.get(jobDetail, `/api/fine-tuning/jobs/${id}`);
    draw(now, screen);
    if (!ENDED.includes(now.status)) continue;
    screen.settle();
    if (now.status !== 'succeeded') {
      throw new ExpectedError(
        `The job ${now.status}. ${now.error ? `${now.error.message} ${now.error.nextStep}` : ''}`,
      );
    }
    const seconds = Math.round((Date.now() - begun) / 100) / 10;
    return { id, status: now.status, seconds, modelId: now.model?.id ?? null };
  }
  throw new ExpectedError(
    `The job ${id} has not ended within ${TIMEOUT_MS / 1000} s. It goes on; look at ${client.url}.`,
  );
}
