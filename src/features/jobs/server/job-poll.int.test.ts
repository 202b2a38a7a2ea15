import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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

  it('does not keep the news of a job from others when they cannot be stored', async () => {
    const lab = await labOf();
    const [broken, fine] = [await running(lab), await running(lab)];
    await database().fineTuningJob.update({ where: { id: broken }, data: { priceSnapshot: { nonsense: true } } });
    fake.state.advance(60);
    await poll(lab);
    expect((await rowOf(broken)).status).toBe('running');
    expect((await rowOf(fine)).status).toBe('succeeded');
  });

  it('stores what no database can read as a sign for it', async () => {
    const lab = await labOf();
    const id = await running(lab);
    const job = fake.state.job((await rowOf(id)).providerJobId ?? '');
    fake.state.say(job, 'half \ud83d and nul \u0000 here');
    await poll(lab);
    expect((await eventsOf(id)).map(({ message }) => message)).toContain('half \ufffd and nul \ufffd here');
  });

  it('waits for the name of the model by our clock, whatever the provider’s says', async () => {
    const lab = await labOf();
    const id = await running(lab);
    fake.state.advance(60);
    const job = fake.state.job((await rowOf(id)).providerJobId ?? '');
    Object.assign(job, { nameless: true, finishedAt: (job.finishedAt ?? 0) - 3600 });
    await poll(lab);
    expect((await rowOf(id)).status).toBe('running');
    job.nameless = false;
    await poll(lab);
    expect(await rowOf(id)).toMatchObject({ status: 'succeeded', tunedModelId: expect.stringContaining('ft:') });
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
