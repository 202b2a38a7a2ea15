import { randomBytes } from 'node:crypto';
import { serve } from 'inngest/edge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '@/engine/engine';
import { env } from '@/env';
import { database } from '@/platform/db/database';
import { configureInngest, inngest } from '@/platform/inngest/client';
import { stopListening } from '@/platform/live/listener';
import { runOutbox } from '@/platform/outbox/deliver-outbox';
import { type JobLab, makeJobLab, rowOf, startFake } from '@/testing/jobs/job-lab';
import { createJobFunctions } from './job.functions';
import { startJobPoller } from './job-poller';

let fake: Awaited<ReturnType<typeof startFake>>;
let lab: JobLab;
let engine: Engine;
const stop = new AbortController();

beforeAll(async () => {
  fake = await startFake();
  lab = await makeJobLab(fake);
  const signingKey = `signkey-test-${randomBytes(16).toString('hex')}`;
  let handle: ((request: Request) => Promise<Response>) | undefined;
  engine = createEngine({
    connectionString: env.DATABASE_URL,
    signingKey,
    retryDelayMs: () => 200,
    handler: (request) => {
      handle ??= serve({ client: inngest(), functions: createJobFunctions(lab.jobs) });
      return handle(request);
    },
  });
  configureInngest({ fetch: engine.fetch, isDev: false, signingKey, eventKey: 'test' });
  await engine.start();
  void runOutbox(stop.signal);
  void startJobPoller(lab.jobs, stop.signal);
});
afterAll(async () => {
  stop.abort();
  await engine.stop(1000);
  await stopListening();
  await fake.close();
});

const runOf = async (jobId: string) => engine.getRun((await rowOf(jobId)).runOwner ?? 'none');

async function ended(id: string): Promise<void> {
  await expect.poll(async () => (await runOf(id))?.status, { timeout: 20_000 }).toBe('completed');
}

/**
 * The fake's clock runs while a job is open, and the poller does not have to wait for its calm turns: said again and
 * again, for a poll that is under way sets the next turn itself.
 */
async function letTimePass(id: string): Promise<void> {
  await expect.poll(async () => (await rowOf(id)).providerJobId, { timeout: 15_000 }).not.toBeNull();
  fake.state.advance(60);
  const over = async () => {
    await database().fineTuningJob.updateMany({ where: { id, endedAt: null }, data: { nextPollAt: new Date(0) } });
    return (await rowOf(id)).endedAt;
  };
  await expect.poll(over, { timeout: 15_000, interval: 200 }).not.toBeNull();
}

describe('run-job', () => {
  it('takes a job from submit to a proven model, step by step', async () => {
    const { id } = await lab.jobs.submit(lab.actor, lab.input());
    await letTimePass(id);
    await ended(id);
    const job = await lab.jobs.get(lab.actor, id);
    expect(job).toMatchObject({ status: 'succeeded', held: 0n, model: { name: 'greetings v1' } });
    const model = await database().fineTunedModel.findFirstOrThrow({ where: { jobId: id } });
    expect(model).toMatchObject({ status: 'ready', proof: { examples: 6 } });
    const row = await rowOf(id);
    expect([row.trainingFileId, row.validationFileId].map((file) => fake.state.files.has(file ?? ''))).toEqual([
      false,
      false,
    ]);
    const names = (await runOf(id))?.steps.map((step) => step.name) ?? [];
    expect([...new Set(names)]).toEqual([
      ...['claim-run', 'prepare-files', 'check-state', 'launch'],
      ...[
        expect.any(String),
        'register-model-and-settle',
        'read-last-events',
        'evaluate-held-out',
        'delete-provider-files',
      ],
    ]);
  });

  it('goes through lost answers and a provider that is away for a moment, and launches once', async () => {
    fake.faults.next('files.create', { kind: 'status', status: 503, when: 'before' });
    fake.faults.next('jobs.create', { kind: 'drop', when: 'after' });
    const { id } = await lab.jobs.submit(lab.actor, lab.input());
    await letTimePass(id);
    await ended(id);
    const { launchToken, status } = await rowOf(id);
    expect(status).toBe('succeeded');
    expect(fake.state.jobs.filter((job) => job.metadata?.tuneloop_launch === launchToken)).toHaveLength(1);
  });

  it('ends at once when the job is cancelled before it has begun', async () => {
    const { id } = await lab.jobs.submit(lab.actor, lab.input());
    await lab.jobs.cancel(lab.actor, id);
    await ended(id);
    expect(await lab.jobs.get(lab.actor, id)).toMatchObject({ status: 'cancelled', held: 0n, charged: 0n });
  });
});
