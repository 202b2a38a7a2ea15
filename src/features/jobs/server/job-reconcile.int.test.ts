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
const submit = async (lab: JobLab) => (await lab.jobs.submit(lab.actor, lab.input())).id;

describe('reconcile', () => {
  it('starts a job again whose event or run was lost, once per silence', async () => {
    const lab = await makeJobLab(fake);
    const [lost, alive] = [await submit(lab), await submit(lab)];
    await launchJob(lab.jobs, alive);
    await lab.jobs.reconcile();
    expect(await started(lost, 1)).toBeNull();
    lab.time.aheadMs += 3 * MINUTE;
    await Promise.all([lab.jobs.reconcile(), lab.jobs.reconcile(), lab.jobs.reconcile()]);
    expect(await started(lost, 1)).not.toBeNull();
    expect(await started(lost, 2)).toBeNull();
    expect(await started(alive, 1)).toBeNull();
    expect((await lab.jobs.claim(lost, 0, 'late')).superseded).toBe(true);
    expect(await lab.jobs.claim(lost, 1, 'new')).toMatchObject({ status: 'preparing', superseded: false });
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
