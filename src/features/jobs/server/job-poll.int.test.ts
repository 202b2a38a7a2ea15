import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { usd } from '@/lib/money';
import { database } from '@/platform/db/database';
import { type JobLab, type LabOptions, launchJob, makeJobLab, rowOf, startFake } from '@/testing/jobs/job-lab';

let fake: Awaited<ReturnType<typeof startFake>>;
beforeAll(async () => {
  fake = await startFake();
});
beforeEach(() => {
  fake.habits.order = 'newest_first';
  fake.habits.repeatPages = false;
});
afterAll(() => fake.close());

async function running(lab: JobLab, overrides: Parameters<JobLab['input']>[0] = {}): Promise<string> {
  const { id } = await lab.jobs.submit(lab.actor, lab.input(overrides));
  await launchJob(lab.jobs, id);
  return id;
}

const labOf = (options?: LabOptions) => makeJobLab(fake, options);
const poll = (lab: JobLab, owner = 'p1') => lab.jobs.pollConnection(lab.connectionId, owner);
const eventsOf = (jobId: string) => database().jobEvent.findMany({ where: { jobId }, orderBy: { seq: 'asc' } });
const metricsOf = (jobId: string) => database().jobMetric.findMany({ where: { jobId }, orderBy: { step: 'asc' } });

async function providerEvents(id: string): Promise<string[]> {
  const { providerJobId } = await rowOf(id);
  return fake.state.job(providerJobId ?? '').events.map((event) => event.id);
}

async function expectComplete(id: string): Promise<void> {
  const events = await eventsOf(id);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect((await rowOf(id)).lastEventSeq).toBe(events.length);
  const stored = events.flatMap(({ providerEventId }) => providerEventId ?? []);
  expect(stored.toSorted()).toEqual((await providerEvents(id)).toSorted());
}

describe('a poll', () => {
  it.each([
    ['newest first', 'newest_first', false],
    ['oldest first', 'oldest_first', false],
    ['in any order, pages twice', 'shuffled', true],
  ] as const)('stores each event and metric once: %s', async (_name, order, repeatPages) => {
    Object.assign(fake.habits, { order, repeatPages });
    const lab = await labOf();
    const id = await running(lab, { hyperparameters: { epochs: 10, batchSize: 1 } });
    for (let turn = 0; turn < 6; turn++) {
      fake.state.advance(turn % 2 ? 1 : 70);
      lab.time.aheadMs += 60_000;
      await poll(lab);
      if (turn % 3 === 0) await database().fineTuningJob.update({ where: { id }, data: { providerCursor: null } });
    }
    fake.state.advance(300);
    await poll(lab);
    await expectComplete(id);
    const steps = (await metricsOf(id)).map(({ step }) => step);
    expect(steps).toEqual(Array.from({ length: 240 }, (_, index) => index + 1));
    expect(await rowOf(id)).toMatchObject({ status: 'succeeded', lastStep: 240, totalSteps: 240 });
  });

  it('of several processes at once stores nothing twice', async () => {
    const lab = await labOf({ change: ({ providers }) => ({ providers: { ...providers, lease: async () => true } }) });
    const id = await running(lab);
    for (let turn = 0; turn < 5; turn++) {
      fake.state.advance(4);
      lab.time.aheadMs += 60_000;
      await Promise.all(['a', 'b', 'c', 'd'].map((owner) => poll(lab, owner)));
    }
    await expectComplete(id);
    expect((await rowOf(id)).status).toBe('succeeded');
  });

  it('is left to one process while its lease lasts', async () => {
    const lab = await labOf();
    await running(lab);
    const polled = await Promise.all(['a', 'b', 'c'].map((owner) => poll(lab, owner)));
    expect(polled.map((result) => result.polled).toSorted()).toEqual([0, 0, 1]);
  });

  it('asks once for all jobs, and more only of those that changed', async () => {
    const lab = await labOf();
    for (let n = 0; n < 5; n++) await running(lab);
    fake.state.advance(1);
    await poll(lab);
    fake.requests.length = 0;
    await poll(lab);
    expect(fake.requests.map(({ call }) => call)).toEqual(['jobs.list']);
    fake.requests.length = 0;
    const watched = (await lab.jobs.list(lab.actor, { limit: 1, sort: 'newest' })).items[0];
    const watchedUntil = new Date(lab.clock.now().getTime() + 10_000);
    await database().fineTuningJob.update({ where: { id: watched?.id ?? '' }, data: { watchedUntil } });
    await poll(lab);
    expect(fake.requests.map(({ call }) => call)).toEqual(['jobs.list', 'jobs.events']);
  });

  it('knows no end in a word that it does not know, and shows it', async () => {
    const lab = await labOf();
    const id = await running(lab);
    const job = fake.state.job((await rowOf(id)).providerJobId ?? '');
    job.shown = 'defragmenting';
    await poll(lab);
    expect(await lab.jobs.get(lab.actor, id)).toMatchObject({ status: 'running', providerStatus: 'defragmenting' });
    job.shown = null;
    fake.state.advance(60);
    await poll(lab);
    expect((await rowOf(id)).status).toBe('succeeded');
  });

  it('goes on when the provider is back, and slows down meanwhile', async () => {
    const lab = await labOf();
    const id = await running(lab);
    fake.faults.next('jobs.list', { kind: 'status', status: 503, when: 'before' }, { kind: 'drop', when: 'before' });
    for (let turn = 0; turn < 4; turn++) await poll(lab);
    const { nextPollAt } = await rowOf(id);
    expect(nextPollAt?.getTime()).toBeGreaterThan(lab.clock.now().getTime());
    fake.state.advance(60);
    await poll(lab);
    await expectComplete(id);
  });

  it('finds the job of a launch whose answer was lost', async () => {
    const lab = await labOf();
    const { id } = await lab.jobs.submit(lab.actor, lab.input());
    await lab.jobs.claim(id, 0, 'run');
    await lab.jobs.prepare(id);
    fake.faults.next('jobs.create', { kind: 'drop', when: 'after' });
    await lab.jobs.launch(id);
    await database().fineTuningJob.update({ where: { id }, data: { status: 'unknown' } });
    await poll(lab);
    expect(await rowOf(id)).toMatchObject({ status: 'running' });
    expect(await database().outboxEvent.findUnique({ where: { id: `job-${id}-found-0` } })).not.toBeNull();
  });

  it('believes that a job is gone only after a while', async () => {
    const lab = await labOf();
    const id = await running(lab);
    const { providerJobId } = await rowOf(id);
    fake.state.jobs.splice(
      fake.state.jobs.findIndex((job) => job.id === providerJobId),
      1,
    );
    await poll(lab);
    expect((await rowOf(id)).status).toBe('running');
    lab.time.aheadMs += 11 * 60_000;
    await poll(lab);
    expect(await lab.jobs.get(lab.actor, id)).toMatchObject({
      status: 'failed',
      error: { reason: 'jobs.gone_at_provider' },
    });
  });

  it('marks a silent job as stalled, and takes the mark back with the next step', async () => {
    const lab = await labOf();
    const id = await running(lab);
    fake.state.advance(7);
    await poll(lab);
    lab.time.aheadMs += 15 * 60_000;
    await poll(lab);
    const stalled = await lab.jobs.get(lab.actor, id);
    expect(stalled).toMatchObject({ status: 'running', stalled: true });
    lab.time.aheadMs += 60_000;
    await poll(lab);
    const { items } = await lab.jobs.events(lab.actor, { id, limit: 100, types: ['warning'] });
    expect(items).toHaveLength(1);
    fake.state.advance(1);
    lab.time.aheadMs += 60_000;
    await poll(lab);
    expect((await lab.jobs.get(lab.actor, id)).stalled).toBe(false);
  });
});

describe('the end', () => {
  it('registers one model and one charge, however often it is settled', async () => {
    const lab = await labOf();
    const id = await running(lab);
    fake.state.advance(60);
    await poll(lab);
    const ends = await Promise.all(Array.from({ length: 6 }, () => lab.jobs.settle(id)));
    ends.push(await lab.jobs.settle(id));
    expect(new Set(ends.map((end) => end.modelId)).size).toBe(1);
    const entries = await database().ledgerEntry.findMany({ where: { jobId: id }, orderBy: { id: 'asc' } });
    expect(entries.map(({ kind }) => kind).toSorted()).toEqual(['charge', 'hold', 'release']);
    const job = await lab.jobs.get(lab.actor, id);
    const provider = fake.state.job(job.providerJobId ?? '');
    const tokens = provider.plan.tokensPerEpoch * provider.plan.epochs;
    expect(job).toMatchObject({
      status: 'succeeded',
      held: 0n,
      trainedTokens: tokens,
      charged: BigInt(tokens) * 5000n,
    });
    expect(job.model?.name).toBe('greetings v1');
    expect(job.checkpoints.map(({ step }) => step)).toEqual([6, 12]);
    await expect(lab.jobs.delete(lab.actor, id)).rejects.toMatchObject({ reason: 'jobs.not_deletable' });
    expect(await lab.jobs.deleteFiles(id)).toEqual({ deleted: 2 });
    expect(await lab.jobs.deleteFiles(id)).toEqual({ deleted: 2 });
  });

  it('compares base and tuned model on held-out examples', async () => {
    const lab = await labOf({ free: true });
    const id = await running(lab);
    fake.state.advance(60);
    await poll(lab);
    const { modelId } = await lab.jobs.settle(id);
    expect(await lab.jobs.evaluate(id)).toEqual({ exactMatch: { base: 0, tuned: 0 }, waitMs: null });
    const model = await database().fineTunedModel.findUniqueOrThrow({ where: { id: modelId ?? '' } });
    const proof = model.proof as {
      examples: number;
      tuned: { loss: number };
      rows: { question: string; tuned: string }[];
    };
    expect(model.status).toBe('ready');
    expect(proof.examples).toBe(6);
    expect(proof.tuned.loss).toBeGreaterThan(0);
    expect(proof.rows[0]).toMatchObject({ question: 'secret 0', tuned: expect.stringContaining('ft:') });
  });

  it('of a job that failed says why, charges what was trained, and keeps the provider’s words', async () => {
    const lab = await labOf();
    const id = await running(lab);
    const job = fake.state.job((await rowOf(id)).providerJobId ?? '');
    job.plan.problem = {
      code: 'invalid_training_file',
      message: 'Too many examples were flagged.',
      param: 'training_file',
    };
    fake.state.advance(60);
    await poll(lab);
    await lab.jobs.settle(id);
    expect(await lab.jobs.get(lab.actor, id)).toMatchObject({
      ...{ status: 'failed', held: 0n, charged: 0n },
      error: { reason: 'jobs.training_failed', message: expect.stringContaining('flagged') },
    });
    await lab.jobs.delete(lab.actor, id);
    await expect(lab.jobs.get(lab.actor, id)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('comes at the cap, with the reason', async () => {
    const lab = await labOf();
    const id = await running(lab, { cap: usd(0.008) });
    fake.state.advance(7);
    await poll(lab);
    expect((await rowOf(id)).status).toBe('running');
    fake.state.advance(4);
    lab.time.aheadMs += 60_000;
    await poll(lab);
    expect(await rowOf(id)).toMatchObject({ status: 'cancelling', cancelReason: expect.stringContaining('cap') });
    await poll(lab);
    expect((await rowOf(id)).status).toBe('cancelled');
    await lab.jobs.settle(id);
    const job = await lab.jobs.get(lab.actor, id);
    expect(job.charged).toBeGreaterThan(0n);
    expect(job.charged).toBeLessThan(usd(0.024));
    expect(job.held).toBe(0n);
  });
});
