import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { type JobLab, type LabOptions, launchJob, makeJobLab, rowOf, startFake } from '@/testing/jobs/job-lab';
import type { Fault } from '@/testing/providers/openai/faults';

let fake: Awaited<ReturnType<typeof startFake>>;
beforeAll(async () => {
  fake = await startFake();
});
afterAll(() => fake.close());

async function submitted(options: LabOptions = {}) {
  const lab = await makeJobLab(fake, options);
  const { id } = await lab.jobs.submit(lab.actor, lab.input());
  const { launchToken } = await rowOf(id);
  const atProvider = () => fake.state.jobs.filter((job) => job.metadata?.tuneloop_launch === launchToken);
  return { lab, id, atProvider };
}

/** Runs the launch step as the durable run does: again and again until it has nothing to wait for; the waits are skipped. */
async function untilLaunched({ jobs, time }: JobLab, id: string): Promise<string> {
  for (let turn = 0; turn < 60; turn++) {
    const { status, waitMs } = await jobs.launch(id);
    if (waitMs === null) return status;
    time.aheadMs += waitMs;
  }
  throw new Error('the launch step never came to an end');
}

const outcomes = async (id: string) =>
  (await database().launchAttempt.findMany({ where: { jobId: id }, orderBy: { number: 'asc' } })).map(
    (attempt) => attempt.outcome,
  );
const held = async (lab: JobLab, id: string) => (await lab.jobs.get(lab.actor, id)).held;

describe('preparing', () => {
  it('sends the training and the validation split, never a held-out example', async () => {
    const { lab, id } = await submitted();
    await lab.jobs.claim(id, 0, 'run');
    expect(await lab.jobs.prepare(id)).toEqual({ status: 'launching', waitMs: null });
    const row = await rowOf(id);
    expect(fake.state.files.get(row.trainingFileId ?? '')).toMatchObject({ lines: 24 });
    expect(fake.state.files.get(row.validationFileId ?? '')).toMatchObject({ lines: 4 });
  });

  it('waits for a provider that is down, and says so', async () => {
    const { lab, id } = await submitted();
    await lab.jobs.claim(id, 0, 'run');
    fake.faults.next('files.create', { kind: 'status', status: 503, when: 'before' });
    const waiting = await lab.jobs.prepare(id);
    expect(waiting.status).toBe('preparing');
    expect(waiting.waitMs).toBeGreaterThan(0);
    const { items } = await lab.jobs.events(lab.actor, { id, limit: 50, types: ['warning'] });
    expect(items[0]?.message).toMatch(/Trying again/);
    expect(await lab.jobs.prepare(id)).toEqual({ status: 'launching', waitMs: null });
  });

  it('leaves one pair of files when two processes do it at once', async () => {
    const { lab, id } = await submitted();
    await lab.jobs.claim(id, 0, 'run');
    const before = fake.state.files.size;
    await Promise.all([lab.jobs.prepare(id), lab.jobs.prepare(id), lab.jobs.prepare(id)]);
    expect(fake.state.files.size - before).toBe(2);
    expect((await rowOf(id)).status).toBe('launching');
  });
});

describe('a job is created exactly once', () => {
  const lost: [string, Fault][] = [
    ['no answer comes after it was accepted', { kind: 'hang', when: 'after' }],
    ['a 500 comes after it was accepted', { kind: 'status', status: 500, when: 'after' }],
    ['the connection is cut after it was accepted', { kind: 'drop', when: 'after' }],
    ['a gateway answers with a web page of its own', { kind: 'status', status: 502, when: 'after' }],
  ];
  it.each(lost)('when %s: it is found and adopted', async (_name, fault) => {
    const { lab, id, atProvider } = await submitted();
    await lab.jobs.claim(id, 0, 'run');
    await lab.jobs.prepare(id);
    fake.faults.next('jobs.create', fault);
    expect(await untilLaunched(lab, id)).toBe('running');
    expect(atProvider()).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ providerJobId: atProvider()[0]?.id });
    expect(await outcomes(id)).toEqual(['adopted']);
  });

  it('when the process dies between the call and its record', async () => {
    let die = true;
    const { lab, id, atProvider } = await submitted({
      change: ({ launches }) => ({
        launches: {
          ...launches,
          settle: (...args) => {
            if (die) throw new Error('killed');
            return launches.settle(...args);
          },
        },
      }),
    });
    await expect(launchJob(lab.jobs, id)).rejects.toThrow('killed');
    expect(atProvider()).toHaveLength(1);
    die = false;
    expect(await untilLaunched(lab, id)).toBe('running');
    expect(atProvider()).toHaveLength(1);
    expect(await outcomes(id)).toEqual(['adopted']);
  });

  it('when eight processes run the step at once, some of them twice', async () => {
    const { lab, id, atProvider } = await submitted();
    await lab.jobs.claim(id, 0, 'run');
    await lab.jobs.prepare(id);
    await Promise.all(Array.from({ length: 8 }, () => lab.jobs.launch(id)));
    await Promise.all(Array.from({ length: 8 }, () => lab.jobs.launch(id)));
    expect(atProvider()).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ status: 'running', providerJobId: atProvider()[0]?.id });
    expect(await outcomes(id)).toHaveLength(1);
  });

  it('when its event comes twice: the second run stops at its first step', async () => {
    const { lab, id, atProvider } = await submitted();
    const [first, second] = [await lab.jobs.claim(id, 0, 'run-1'), await lab.jobs.claim(id, 0, 'run-2')];
    expect([first.superseded, second.superseded]).toEqual([false, true]);
    expect((await lab.jobs.claim(id, 0, 'run-1')).superseded).toBe(false);
    await launchJob(lab.jobs, id);
    expect(atProvider()).toHaveLength(1);
  });

  it('when the provider is busy first: refused attempts are on record', async () => {
    const { lab, id, atProvider } = await submitted();
    await lab.jobs.claim(id, 0, 'run');
    await lab.jobs.prepare(id);
    fake.faults.next('jobs.create', { kind: 'rate_limit', retryAfterSeconds: 2 });
    expect(await lab.jobs.launch(id)).toEqual({ status: 'launching', waitMs: 2000 });
    expect(await untilLaunched(lab, id)).toBe('running');
    expect(atProvider()).toHaveLength(1);
    expect(await outcomes(id)).toEqual(['rejected', 'accepted']);
  });
});

describe('when nobody can tell whether it was created', () => {
  async function lostWithoutTrace(options: LabOptions = {}) {
    const made = await submitted(options);
    await made.lab.jobs.claim(made.id, 0, 'run');
    await made.lab.jobs.prepare(made.id);
    fake.faults.next('jobs.create', { kind: 'drop', when: 'before' });
    return { ...made, status: await untilLaunched(made.lab, made.id) };
  }

  it('a paid job stops as unknown, with what was sent, and nothing is sent again', async () => {
    const { lab, id, atProvider, status } = await lostWithoutTrace();
    expect(status).toBe('unknown');
    expect(atProvider()).toEqual([]);
    const job = await lab.jobs.get(lab.actor, id);
    expect(job).toMatchObject({ status: 'unknown', error: { reason: 'jobs.launch_unknown' } });
    expect(job.attempts).toMatchObject([{ outcome: 'unknown', request: { baseModel: job.baseModel } }]);
    expect(job.held).toBeGreaterThan(0n);
    expect((await lab.jobs.launch(id)).status).toBe('unknown');
    expect(atProvider()).toEqual([]);
  });

  it('a free one is created anew, once', async () => {
    const { id, atProvider, status } = await lostWithoutTrace({ free: true });
    expect(status).toBe('running');
    expect(atProvider()).toHaveLength(1);
    expect(await outcomes(id)).toEqual(['rejected', 'accepted']);
  });

  it('a person’s word launches it again, in a new run', async () => {
    const { lab, id, atProvider } = await lostWithoutTrace();
    expect(await lab.jobs.resolveUnknown(lab.actor, id, 'look_again')).toMatchObject({ status: 'unknown' });
    expect(await lab.jobs.resolveUnknown(lab.actor, id, 'launch_again')).toMatchObject({
      status: 'launching',
      error: null,
    });
    expect((await lab.jobs.state(id, 0)).superseded).toBe(true);
    expect(await database().outboxEvent.findUnique({ where: { id: `job-${id}-start-1` } })).not.toBeNull();
    await lab.jobs.claim(id, 1, 'run-2');
    expect(await untilLaunched(lab, id)).toBe('running');
    expect(atProvider()).toHaveLength(1);
    await expect(lab.jobs.resolveUnknown(lab.actor, id, 'launch_again')).rejects.toMatchObject({
      reason: 'jobs.not_unknown',
    });
  });

  it('whatever the person chooses, a job that is there after all is adopted', async () => {
    const { lab, id, atProvider } = await lostWithoutTrace();
    const row = await rowOf(id);
    const [other] = [await submitted()];
    await launchJob(other.lab.jobs, other.id);
    const [late] = other.atProvider();
    if (!late) throw new Error('no job to copy');
    fake.state.jobs.push({ ...late, id: 'ftjob-late', metadata: { tuneloop_launch: row.launchToken } });
    expect(await lab.jobs.resolveUnknown(lab.actor, id, 'launch_again')).toMatchObject({
      status: 'running',
      providerJobId: 'ftjob-late',
      error: null,
    });
    expect(atProvider()).toHaveLength(1);
  });

  it('giving up releases the hold', async () => {
    const { lab, id } = await lostWithoutTrace();
    expect(await lab.jobs.resolveUnknown(lab.actor, id, 'give_up')).toMatchObject({
      status: 'failed',
      held: 0n,
      charged: 0n,
      error: { reason: 'jobs.given_up' },
    });
  });
});

describe('when the provider says no', () => {
  it('the job fails with cause, evidence and next step, and the hold goes back', async () => {
    const { lab, id, atProvider } = await submitted();
    fake.state.closed = true;
    await launchJob(lab.jobs, id);
    fake.state.closed = false;
    const job = await lab.jobs.get(lab.actor, id);
    expect(job).toMatchObject({ status: 'failed', held: 0n, charged: 0n, error: { reason: 'jobs.provider_closed' } });
    expect(job.error?.nextStep).toMatch(/another connection/);
    expect(job.error?.evidence).toMatchObject({ status: 403 });
    expect(atProvider()).toEqual([]);
    expect(await held(lab, id)).toBe(0n);
  });

  it('a run that breaks leaves failed before, and unknown after something was sent', async () => {
    const before = await submitted();
    await before.lab.jobs.fail(before.id, { generation: 0 }, { reason: 'jobs.run_broke', message: 'broke' });
    expect(await before.lab.jobs.get(before.lab.actor, before.id)).toMatchObject({ status: 'failed', held: 0n });
    const replaced = await submitted();
    await replaced.lab.jobs.claim(replaced.id, 0, 'run-b');
    const why = { reason: 'jobs.run_broke', message: 'broke' };
    await replaced.lab.jobs.fail(replaced.id, { generation: 0, runId: 'run-a' }, why);
    await database().fineTuningJob.update({ where: { id: replaced.id }, data: { generation: 1 } });
    await replaced.lab.jobs.fail(replaced.id, { generation: 0, runId: 'run-b' }, why);
    expect((await rowOf(replaced.id)).status).toBe('preparing');
    const after = await submitted();
    await after.lab.jobs.claim(after.id, 0, 'run');
    await after.lab.jobs.prepare(after.id);
    fake.faults.next('jobs.create', { kind: 'drop', when: 'before' });
    await after.lab.jobs.launch(after.id);
    await after.lab.jobs.fail(after.id, { generation: 0 }, { reason: 'jobs.run_broke', message: 'broke' });
    expect(await rowOf(after.id)).toMatchObject({ status: 'unknown', nextPollAt: expect.any(Date) });
    const running = await submitted();
    await launchJob(running.lab.jobs, running.id);
    await running.lab.jobs.fail(running.id, { generation: 0 }, { reason: 'jobs.run_broke', message: 'broke' });
    expect((await rowOf(running.id)).status).toBe('running');
  });
});
