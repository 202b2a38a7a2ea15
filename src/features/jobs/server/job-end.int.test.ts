import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InferenceProvider } from '@/integrations/inference/inference-port';
import { usd } from '@/lib/money';
import { database } from '@/platform/db/database';
import { type JobLab, type LabOptions, launchJob, makeJobLab, rowOf, startFake } from '@/testing/jobs/job-lab';

let fake: Awaited<ReturnType<typeof startFake>>;
beforeAll(async () => {
  fake = await startFake();
});
afterAll(() => fake.close());

const labOf = (options?: LabOptions) => makeJobLab(fake, options);
const poll = (lab: JobLab) => lab.jobs.pollConnection(lab.connectionId, 'p1');

async function running(lab: JobLab, overrides: Parameters<JobLab['input']>[0] = {}): Promise<string> {
  const { id } = await lab.jobs.submit(lab.actor, lab.input(overrides));
  await launchJob(lab.jobs, id);
  return id;
}

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

  it('books what a comparison cost that broke off, and each one that was tried again', async () => {
    let calls = 0;
    const breakOff = (inference: InferenceProvider): InferenceProvider => ({
      ...inference,
      complete: (request) => (++calls === 5 ? Promise.reject(new Error('cut')) : inference.complete(request)),
    });
    const lab = await labOf({
      change: ({ providers }) => ({
        providers: {
          ...providers,
          open: async (...which) => {
            const open = await providers.open(...which);
            return { ...open, inference: breakOff(open.inference) };
          },
        },
      }),
    });
    const price = { provider: 'openai', source: 'test', note: null } as const;
    for (const model of ['gpt-4.1-mini-2025-04-14', 'ft:gpt-4.1-mini-2025-04-14'])
      for (const unit of ['input_token', 'output_token'] as const)
        await lab.budgets.setPrice(lab.actor, { ...price, model, unit, nanoUsdPerUnit: 800n });
    const id = await running(lab);
    fake.state.advance(60);
    await poll(lab);
    await lab.jobs.settle(id);
    const charges = () =>
      database().ledgerEntry.count({ where: { workspaceId: lab.workspaceId, key: { startsWith: 'evaluation:' } } });
    expect((await lab.jobs.evaluate(id)).waitMs).toBeGreaterThan(0);
    expect(await charges()).toBe(1);
    expect((await lab.jobs.evaluate(id)).waitMs).toBeNull();
    expect(await charges()).toBe(2);
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
