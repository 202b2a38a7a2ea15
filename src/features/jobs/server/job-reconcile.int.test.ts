import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { type JobLab, launchJob, makeJobLab, rowOf, startFake } from '@/testing/jobs/job-lab';

let fake: Awaited<ReturnType<typeof startFake>>;
beforeAll(async () => {
  fake = await startFake();
});
afterAll(() => fake.close());

const MINUTE = 60_000;
const started = (id: string, generation: number) =>
  database().outboxEvent.findUnique({ where: { id: `job-${id}-start-${generation}` } });
/** Generations of the events that start a job, in the order in which they were written. */
const sent = async (id: string): Promise<unknown[]> => {
  const rows = await database().outboxEvent.findMany({
    where: { id: { startsWith: `job-${id}-start-` } },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(({ data }) => (data as { generation: number }).generation);
};
const submit = async (lab: JobLab) => (await lab.jobs.submit(lab.actor, lab.input())).id;

describe('reconcile', () => {
  it('starts a job again whose event or run was lost, once per silence', async () => {
    const lab = await makeJobLab(fake);
    const [lost, alive] = [await submit(lab), await submit(lab)];
    await launchJob(lab.jobs, alive);
    await lab.jobs.reconcile();
    expect(await sent(lost)).toEqual([0]);
    lab.time.aheadMs += 3 * MINUTE;
    await Promise.all([lab.jobs.reconcile(), lab.jobs.reconcile(), lab.jobs.reconcile()]);
    await lab.jobs.reconcile();
    // The same generation: of an engine that is minutes behind, the event that comes first is taken, whichever it is.
    expect(await sent(lost)).toEqual([0, 0]);
    expect(await sent(alive)).toEqual([0]);
    lab.time.aheadMs += 3 * MINUTE;
    await lab.jobs.reconcile();
    expect(await sent(lost)).toEqual([0, 0, 0]);
    expect(await lab.jobs.claim(lost, 0, 'first')).toMatchObject({ status: 'preparing', superseded: false });
    expect((await lab.jobs.claim(lost, 0, 'second')).superseded).toBe(true);
    lab.time.aheadMs += 13 * MINUTE;
    await lab.jobs.reconcile();
    expect(await started(alive, 1)).not.toBeNull();
    expect((await lab.jobs.claim(alive, 1, 'again')).status).toBe('running');
  });

  it('settles ended jobs that no run settled, model and money', async () => {
    const lab = await makeJobLab(fake);
    const id = await submit(lab);
    await launchJob(lab.jobs, id);
    fake.state.advance(60);
    await lab.jobs.pollConnection(lab.connectionId, 'p');
    lab.time.aheadMs += 3 * MINUTE;
    expect((await lab.jobs.reconcile()).settled).toBeGreaterThan(0);
    const job = await lab.jobs.get(lab.actor, id);
    expect(job).toMatchObject({ held: 0n, model: { name: 'greetings v1' } });
    expect(job.charged).toBeGreaterThan(0n);
    expect((await lab.jobs.reconcile()).settled).toBe(0);
  });

  it('is not held up by a job that cannot be put right', async () => {
    const lab = await makeJobLab(fake);
    const [broken, fine] = [await submit(lab), await submit(lab)];
    for (const id of [broken, fine]) await launchJob(lab.jobs, id);
    fake.state.advance(60);
    await lab.jobs.pollConnection(lab.connectionId, 'p');
    await database().fineTuningJob.update({ where: { id: broken }, data: { priceSnapshot: { nonsense: true } } });
    lab.time.aheadMs += 3 * MINUTE;
    await lab.jobs.reconcile();
    expect((await rowOf(broken)).chargedNanoUsd).toBeNull();
    expect((await rowOf(fine)).chargedNanoUsd).not.toBeNull();
  });

  it('keeps the data of a job until its account is settled', async () => {
    const lab = await makeJobLab(fake);
    const id = await submit(lab);
    await launchJob(lab.jobs, id);
    fake.state.advance(60);
    await lab.jobs.pollConnection(lab.connectionId, 'p');
    expect((await rowOf(id)).status).toBe('succeeded');
    await expect(lab.datasets.delete(lab.actor, lab.datasetId)).rejects.toMatchObject({ reason: 'datasets.in_use' });
    expect(await lab.jobs.settle(id)).toMatchObject({ status: 'succeeded' });
  });

  it('asks again for the end of a twin whose cancel was not taken', async () => {
    const lab = await makeJobLab(fake);
    const id = await submit(lab);
    await launchJob(lab.jobs, id);
    const { launchToken, providerJobId } = await rowOf(id);
    const ours = fake.state.job(providerJobId ?? '');
    const twin = {
      ...ours,
      id: 'ftjob-second',
      metadata: { tuneloop_launch: launchToken },
      events: [],
      checkpoints: [],
    };
    fake.state.jobs.push(twin);
    fake.faults.always('jobs.cancel', { kind: 'status', status: 503, when: 'before' });
    await lab.jobs.reconcile();
    expect(twin.status).not.toBe('cancelled');
    fake.faults.always('jobs.cancel', null);
    await lab.jobs.reconcile();
    expect(twin.status).toBe('cancelled');
  });

  it('tells a job at the provider that carries our token and is not ours, and cancels a twin', async () => {
    const lab = await makeJobLab(fake);
    const id = await submit(lab);
    await launchJob(lab.jobs, id);
    const { launchToken, providerJobId } = await rowOf(id);
    const ours = fake.state.job(providerJobId ?? '');
    const twin = { ...ours, id: 'ftjob-twin', metadata: { tuneloop_launch: launchToken }, events: [], checkpoints: [] };
    fake.state.jobs.push(twin);
    await lab.jobs.reconcile();
    await lab.jobs.reconcile();
    const { items } = await lab.jobs.events(lab.actor, { id, limit: 50, types: ['warning'] });
    expect(items.map(({ message }) => message)).toEqual([expect.stringContaining('ftjob-twin')]);
    expect(twin.status).toBe('cancelled');
    expect(ours.status).not.toBe('cancelled');
    expect(await rowOf(id)).toMatchObject({ status: 'running', providerJobId });
  });
});
