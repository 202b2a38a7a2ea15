import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeActor } from '@/lib/actor';
import { usd } from '@/lib/money';
import { database } from '@/platform/db/database';
import { type JobLab, makeJobLab, newWorkspace, startFake } from '@/testing/jobs/job-lab';
import { seedVersion } from '@/testing/jobs/seed-version';

let fake: Awaited<ReturnType<typeof startFake>>;
let lab: JobLab;
beforeAll(async () => {
  fake = await startFake();
  lab = await makeJobLab(fake);
});
afterAll(() => fake.close());

const MINI = 'gpt-4o-mini-2024-07-18';
const lineOf = async (versionId: string, model = MINI) => {
  const fit = await lab.jobs.fit(lab.actor, versionId);
  const line = fit.lines.find(({ baseModel }) => baseModel === model);
  if (!line) throw new Error(`no line for ${model}`);
  return line;
};

describe('where a version can be trained', () => {
  it('says it for each base model, with the price of the default settings as the plan has it', async () => {
    const fit = await lab.jobs.fit(lab.actor, lab.versionId);
    expect(fit).toMatchObject({ number: 1, trainRows: 24, datasetId: lab.datasetId });
    expect(fit.lines).toHaveLength(4);
    const line = await lineOf(lab.versionId);
    expect(line).toMatchObject({
      verdict: 'fits',
      cut: 0,
      trainRows: 24,
      trainTokens: 2400,
      tokenCount: { exact: true },
    });
    const { hyperparameters: _, ...input } = lab.input({ baseModel: MINI });
    const plan = await lab.jobs.plan(lab.actor, input);
    expect(line.estimate).toEqual(plan.estimate);
    expect(line.epochs.expected).toBe(plan.resolved.epochs.expected);
  });

  it('counts what has to go, and prices what is left', async () => {
    const { datasetId, versionId } = await seedVersion(lab.workspaceId);
    const longest = await database().trainingExample.findFirstOrThrow({ where: { datasetId, split: 0 } });
    await database().trainingExample.updateMany({ where: { datasetId, id: longest.id }, data: { tokens: 70_000 } });
    await database().datasetVersion.update({
      where: { id: versionId },
      data: { maxExampleTokens: 70_000, trainTokens: 72_300n },
    });
    const line = await lineOf(versionId);
    expect(line).toMatchObject({ verdict: 'after_cut', cut: 1, trainRows: 23, trainTokens: 2300 });
    expect(line.findings[0]).toMatchObject({ reason: 'examples_too_long', rows: { minTokens: 65_537 } });
    expect(line.estimate.expected).toBe(usd(2300 * line.epochs.expected * 0.000003));
    expect((await lineOf(versionId, 'gpt-4.1-mini-2025-04-14')).verdict).toBe('fits');
  });

  it('knows what the built-in trainer does not read', async () => {
    const free = await makeJobLab(fake, { free: true });
    const { datasetId, versionId } = await seedVersion(free.workspaceId);
    const some = await database().trainingExample.findMany({ where: { datasetId, split: 0 }, take: 15 });
    await database().trainingExample.updateMany({
      where: { datasetId, id: { in: some.map(({ id }) => id) } },
      data: { flags: 1 },
    });
    const { lines } = await free.jobs.fit(free.actor, versionId);
    const tiny = lines.find(({ baseModel }) => baseModel === 'tiny-chat-1');
    expect(tiny).toMatchObject({ verdict: 'no', cut: 15, trainRows: 9, tokenCount: { exact: false } });
    expect(tiny?.findings.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['too_few_examples', 'tools_not_taken']),
    );
  });

  it('is told to nobody without the right, nor of another workspace or an unfinished version', async () => {
    const stranger = await newWorkspace();
    await expect(lab.jobs.fit(stranger, lab.versionId)).rejects.toMatchObject({ kind: 'not_found' });
    const nobody = makeActor({ ...lab.actor, allowed: [] });
    await expect(lab.jobs.fit(nobody, lab.versionId)).rejects.toMatchObject({ kind: 'forbidden' });
    const { versionId } = await seedVersion(lab.workspaceId, 'importing');
    await expect(lab.jobs.fit(lab.actor, versionId)).rejects.toMatchObject({ reason: 'datasets.version_not_ready' });
  });
});
