import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { makeActor } from '@/lib/actor';
import { usd } from '@/lib/money';
import { permissions } from '@/lib/permissions';
import { database } from '@/platform/db/database';
import { type JobLab, makeJobLab, newWorkspace, rowOf, startFake } from '@/testing/jobs/job-lab';
import { seedVersion } from '@/testing/jobs/seed-version';

let fake: Awaited<ReturnType<typeof startFake>>;
let lab: JobLab;
beforeAll(async () => {
  fake = await startFake();
  lab = await makeJobLab(fake);
});
afterAll(() => fake.close());

const ledger = (jobId: string) => database().ledgerEntry.findMany({ where: { jobId }, orderBy: { id: 'asc' } });

describe('a plan', () => {
  it('tells steps, cost and hold, and changes nothing', async () => {
    const plan = await lab.jobs.plan(lab.actor, lab.input());
    expect(plan).toMatchObject({
      steps: 12,
      blockers: [],
      needsCap: false,
      suggestedName: 'Greetings v1 on GPT-4.1 mini',
    });
    // 2 400 tokens × 2 epochs × $5 per million: the curated price of the model.
    expect(plan.hold).toBe(usd(0.024));
    expect(await lab.jobs.counts(lab.workspaceId)).toEqual({ active: 0, total: 0 });
  });

  it('shows a version that is not ready as a blocker', async () => {
    const { versionId } = await seedVersion(lab.workspaceId, 'importing');
    const plan = await lab.jobs.plan(lab.actor, lab.input({ datasetVersionId: versionId }));
    expect(plan.blockers.map((blocker) => blocker.reason)).toEqual(['version_not_ready']);
    await expect(lab.jobs.submit(lab.actor, lab.input({ datasetVersionId: versionId }))).rejects.toMatchObject({
      kind: 'precondition_failed',
      reason: 'jobs.blocked',
    });
  });
});

describe('what a plan stands on', () => {
  it('is not read anew or deleted between the look and the launch', async () => {
    let meanwhile: () => Promise<unknown> = async () => undefined;
    const racing = await makeJobLab(fake, {
      change: ({ datasets, budgets }) => ({
        datasets,
        budgets: {
          ...budgets,
          priceFor: async (...args) => {
            await meanwhile();
            return budgets.priceFor(...args);
          },
        },
      }),
    });
    const { actor, jobs, datasets, providers, datasetId, versionId, connectionId } = racing;
    await database().datasetVersion.update({ where: { id: versionId }, data: { fileKey: randomUUID() } });
    meanwhile = () => datasets.validate(actor, { datasetId });
    await expect(jobs.submit(actor, racing.input())).rejects.toMatchObject({ reason: 'datasets.version_not_ready' });
    await database().datasetVersion.update({ where: { id: versionId }, data: { status: 'ready' } });
    meanwhile = () => providers.delete(actor, connectionId);
    await expect(jobs.submit(actor, racing.input())).rejects.toMatchObject({ reason: 'providers.not_found' });
    expect(await jobs.counts(racing.workspaceId)).toEqual({ active: 0, total: 0 });
  });
});

describe('submit', () => {
  it('writes job, hold, events, audit and the start of its run together', async () => {
    const plan = await lab.jobs.plan(lab.actor, lab.input());
    const job = await lab.jobs.submit(lab.actor, lab.input({ planHash: plan.hash, name: 'First' }));
    expect(job).toMatchObject({ name: 'First', status: 'queued', cost: 0n });
    expect(await ledger(job.id)).toMatchObject([{ kind: 'hold', amountNanoUsd: usd(0.024) }]);
    const { items } = await lab.jobs.events(lab.actor, { id: job.id, limit: 50 });
    expect(items.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'status'],
      [2, 'money'],
    ]);
    const outbox = await database().outboxEvent.findUniqueOrThrow({ where: { id: `job-${job.id}-start-0` } });
    expect(outbox).toMatchObject({ name: 'job/submitted', data: { jobId: job.id, generation: 0 } });
    const audit = await database().auditEntry.findFirst({ where: { subjectId: job.id } });
    expect(audit).toMatchObject({ action: 'job.submitted' });
    expect(await lab.jobs.get(lab.actor, job.id)).toMatchObject({ held: usd(0.024), charged: null, lastEventSeq: 2 });
  });

  it('is one job for one requestId, one after the other and at once', async () => {
    const input = lab.input({ requestId: `double-${randomUUID()}` });
    const jobs = await Promise.all(Array.from({ length: 8 }, () => lab.jobs.submit(lab.actor, input)));
    jobs.push(await lab.jobs.submit(lab.actor, input));
    expect(new Set(jobs.map((job) => job.id)).size).toBe(1);
    expect(await ledger(jobs[0]?.id ?? '')).toHaveLength(1);
  });

  it('refuses a plan that the person did not see', async () => {
    const plan = await lab.jobs.plan(lab.actor, lab.input());
    const changed = lab.input({ planHash: plan.hash, hyperparameters: { epochs: 3, batchSize: 4 } });
    await expect(lab.jobs.submit(lab.actor, changed)).rejects.toMatchObject({
      kind: 'conflict',
      reason: 'jobs.plan_changed',
    });
  });

  it('asks for a cap where the price is unknown, and holds it', async () => {
    const other = await makeJobLab(fake, {
      change: ({ budgets }) => ({
        budgets: {
          ...budgets,
          estimateTraining: async (workspaceId, input) =>
            budgets.estimateTraining(workspaceId, {
              ...input,
              connectionKind: 'openai_compatible',
              baseModel: 'mystery',
            }),
        },
      }),
    });
    expect(await other.jobs.plan(other.actor, other.input())).toMatchObject({ hold: null, needsCap: true });
    await expect(other.jobs.submit(other.actor, other.input())).rejects.toMatchObject({ reason: 'jobs.cap_needed' });
    const job = await other.jobs.submit(other.actor, other.input({ cap: usd(2) }));
    expect(await ledger(job.id)).toMatchObject([{ kind: 'hold', amountNanoUsd: usd(2) }]);
  });

  it('lets exactly 10 of 100 at once into a budget for 10', async () => {
    const team = await makeJobLab(fake);
    const budget = { scope: 'workspace', scopeId: null, period: 'month', limit: usd(0.24), onBreach: 'block' } as const;
    await team.budgets.create(team.actor, { name: 'Ten', ...budget });
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, () => team.jobs.submit(team.actor, team.input())),
    );
    const refused = results.filter((result) => result.status === 'rejected').map((result) => result.reason);
    expect(refused).toHaveLength(90);
    for (const reason of refused) expect(reason).toMatchObject({ kind: 'budget_exceeded' });
    expect(await team.jobs.counts(team.workspaceId)).toEqual({ active: 10, total: 10 });
    expect(
      await database().outboxEvent.count({ where: { name: 'job/submitted', id: { in: await startsOf(team) } } }),
    ).toBe(10);
  });
});

async function startsOf({ workspaceId }: JobLab): Promise<string[]> {
  const rows = await database().fineTuningJob.findMany({ where: { workspaceId }, select: { id: true } });
  return rows.map(({ id }) => `job-${id}-start-0`);
}

describe('who may', () => {
  it('finds nothing of another workspace, on any door', async () => {
    const job = await lab.jobs.submit(lab.actor, lab.input());
    const stranger = await newWorkspace();
    const { signal } = new AbortController();
    const doors = [
      () => lab.jobs.get(stranger, job.id),
      () => lab.jobs.events(stranger, { id: job.id, limit: 10 }),
      () => lab.jobs.metrics(stranger, job.id),
      () => lab.jobs.cancel(stranger, job.id),
      () => lab.jobs.update(stranger, { id: job.id, name: 'Mine' }),
      () => lab.jobs.resolveUnknown(stranger, job.id, 'launch_again'),
      () => lab.jobs.delete(stranger, job.id),
      () => lab.jobs.watch(stranger, job.id, 0, signal).next(),
    ];
    for (const door of doors)
      await expect(door()).rejects.toMatchObject({ kind: 'not_found', reason: 'jobs.not_found' });
    expect((await lab.jobs.list(stranger, { limit: 50, sort: 'newest' })).items).toEqual([]);
    expect(await rowOf(job.id)).toMatchObject({ status: 'queued', name: job.name });
  });

  it('lets a viewer look and no more', async () => {
    const allowed = permissions.filter((permission) => permission.endsWith(':read'));
    const viewer = makeActor({ ...lab.actor, role: 'viewer', allowed });
    const job = await lab.jobs.submit(lab.actor, lab.input());
    expect(await lab.jobs.get(viewer, job.id)).toMatchObject({ id: job.id });
    for (const door of [
      () => lab.jobs.submit(viewer, lab.input()),
      () => lab.jobs.cancel(viewer, job.id),
      () => lab.jobs.update(viewer, { id: job.id, name: 'X' }),
      () => lab.jobs.delete(viewer, job.id),
    ])
      await expect(door()).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('the list', () => {
  it('pages without gaps or repeats, by newest and by name, filters and searches', async () => {
    const team = await makeJobLab(fake);
    for (const name of ['delta', 'Alpha', 'charlie', 'bravo', 'alpha'])
      await team.jobs.submit(team.actor, team.input({ name }));
    for (const sort of ['newest', 'name'] as const) {
      const names: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await team.jobs.list(team.actor, { limit: 2, sort, cursor });
        names.push(...page.items.map((item) => item.name));
        cursor = page.nextCursor;
      } while (cursor);
      const expected = sort === 'newest' ? ['alpha', 'bravo', 'charlie', 'Alpha', 'delta'] : null;
      if (expected) expect(names).toEqual(expected);
      else expect(names.map((name) => name.toLowerCase())).toEqual(['alpha', 'alpha', 'bravo', 'charlie', 'delta']);
    }
    const found = (filter: object) => team.jobs.list(team.actor, { limit: 50, sort: 'newest', ...filter });
    expect((await found({ search: 'ALPH' })).items).toHaveLength(2);
    expect((await found({ search: '%' })).items).toHaveLength(0);
    expect((await found({ status: 'active' })).items).toHaveLength(5);
    expect((await found({ status: 'failed' })).items).toHaveLength(0);
    expect((await found({ datasetId: team.datasetId })).items).toHaveLength(5);
    expect((await found({ connectionId: randomUUID() })).items).toHaveLength(0);
  });
});
