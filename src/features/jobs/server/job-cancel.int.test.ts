import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { type JobLab, launchJob, makeJobLab, rowOf, startFake } from '@/testing/jobs/job-lab';

let fake: Awaited<ReturnType<typeof startFake>>;
let lab: JobLab;
beforeAll(async () => {
  fake = await startFake();
  lab = await makeJobLab(fake);
});
afterAll(() => fake.close());

const submit = async () => (await lab.jobs.submit(lab.actor, lab.input())).id;
const cancel = (id: string) => lab.jobs.cancel(lab.actor, id, 'Changed my mind.');
const poll = () => lab.jobs.pollConnection(lab.connectionId, 'p');
const atProvider = async (id: string) => {
  const { launchToken } = await rowOf(id);
  return fake.state.jobs.filter((job) => job.metadata?.tuneloop_launch === launchToken);
};
const nothingCharged = { status: 'cancelled', held: 0n, charged: 0n, cancelReason: 'Changed my mind.' };

describe('cancel', () => {
  it('before it began: it is over, and the hold goes back', async () => {
    const id = await submit();
    expect(await cancel(id)).toMatchObject(nothingCharged);
    expect((await lab.jobs.claim(id, 0, 'run')).status).toBe('cancelled');
    expect(await lab.jobs.prepare(id)).toEqual({ status: 'cancelled', waitMs: null });
  });

  it('while files are sent: the same, and the file that comes too late is deleted', async () => {
    const id = await submit();
    await lab.jobs.claim(id, 0, 'run');
    const before = fake.state.files.size;
    const [, job] = await Promise.all([lab.jobs.prepare(id), cancel(id)]);
    expect(job.status).toBe('cancelled');
    await lab.jobs.deleteFiles(id);
    expect(fake.state.files.size).toBe(before);
    expect(await lab.jobs.get(lab.actor, id)).toMatchObject(nothingCharged);
  });

  it('before the create call: nothing is created', async () => {
    const id = await submit();
    await lab.jobs.claim(id, 0, 'run');
    await lab.jobs.prepare(id);
    expect(await cancel(id)).toMatchObject(nothingCharged);
    expect(await lab.jobs.launch(id)).toEqual({ status: 'cancelled', waitMs: null });
    expect(await atProvider(id)).toEqual([]);
  });

  it('while the create call is on its way: the job is cancelled at the provider', async () => {
    const id = await submit();
    await lab.jobs.claim(id, 0, 'run');
    await lab.jobs.prepare(id);
    fake.faults.next('jobs.create', { kind: 'hang', when: 'after' });
    const launching = lab.jobs.launch(id);
    await expect.poll(() => atProvider(id)).toHaveLength(1);
    expect((await cancel(id)).status).toBe('cancelling');
    await launching;
    await lab.jobs.launch(id);
    expect(await atProvider(id)).toMatchObject([{ status: 'cancelled' }]);
    await poll();
    expect((await rowOf(id)).status).toBe('cancelled');
  });

  it('while it is unknown whether there is a job: none is found, and the hold goes back', async () => {
    const id = await submit();
    await lab.jobs.claim(id, 0, 'run');
    await lab.jobs.prepare(id);
    fake.faults.next('jobs.create', { kind: 'drop', when: 'before' });
    await lab.jobs.launch(id);
    lab.time.aheadMs += 60_000;
    expect((await lab.jobs.launch(id)).status).toBe('unknown');
    expect((await cancel(id)).status).toBe('cancelling');
    expect(await database().outboxEvent.findUnique({ where: { id: `job-${id}-cancel-0` } })).not.toBeNull();
    expect(await lab.jobs.launch(id)).toEqual({ status: 'cancelled', waitMs: null });
    expect(await lab.jobs.get(lab.actor, id)).toMatchObject(nothingCharged);
  });

  it('while it is running: what was trained is charged, the rest goes back', async () => {
    const id = await submit();
    await launchJob(lab.jobs, id);
    fake.state.advance(10);
    await poll();
    expect((await cancel(id)).status).toBe('cancelling');
    await poll();
    await lab.jobs.settle(id);
    const job = await lab.jobs.get(lab.actor, id);
    expect(job).toMatchObject({ status: 'cancelled', held: 0n });
    // 5 of 12 steps of 4 800 tokens at $5 per million.
    expect(job.lastStep).toBe(5);
    expect(job.charged).toBe(2000n * 5000n);
  });

  it('is repeated with each poll until the provider takes it', async () => {
    const id = await submit();
    await launchJob(lab.jobs, id);
    fake.state.advance(6);
    fake.faults.next('jobs.cancel', { kind: 'status', status: 503, when: 'before' });
    expect((await cancel(id)).status).toBe('cancelling');
    expect(await atProvider(id)).toMatchObject([{ status: 'running' }]);
    await poll();
    expect(await atProvider(id)).toMatchObject([{ status: 'cancelled' }]);
    await poll();
    expect((await rowOf(id)).status).toBe('cancelled');
  });

  it('too late: the end wins', async () => {
    const id = await submit();
    await launchJob(lab.jobs, id);
    fake.state.advance(60);
    expect((await cancel(id)).status).toBe('cancelling');
    await poll();
    expect((await rowOf(id)).status).toBe('succeeded');
    expect((await lab.jobs.settle(id)).modelId).not.toBeNull();
    expect((await cancel(id)).status).toBe('succeeded');
  });

  it('twice, and by many at once, is once', async () => {
    const id = await submit();
    await Promise.all(Array.from({ length: 6 }, () => cancel(id)));
    const entries = await database().ledgerEntry.findMany({ where: { jobId: id } });
    expect(entries.map(({ kind }) => kind).toSorted()).toEqual(['hold', 'release']);
    const { items } = await lab.jobs.events(lab.actor, { id, limit: 50, types: ['status'] });
    expect(items.filter(({ data }) => data?.to === 'cancelled')).toHaveLength(1);
  });

  it('of everything that a budget covers', async () => {
    const team = await makeJobLab(fake);
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.push((await team.jobs.submit(team.actor, team.input())).id);
    const reason = 'A budget that covers this job is used up.';
    expect(await team.jobs.cancelCovered({ workspaceId: team.workspaceId }, reason)).toEqual({ cancelled: 3 });
    for (const id of ids) expect(await rowOf(id)).toMatchObject({ status: 'cancelled', cancelReason: reason });
  });
});
