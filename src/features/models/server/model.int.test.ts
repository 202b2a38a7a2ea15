import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase, database, inTransaction } from '@/platform/db/database';
import { services } from '@/server/services';
import { type AgentLab, makeAgentLab } from '@/testing/doors/agent-lab';
import { seedModel } from '@/testing/doors/seed-model';
import { type FakeOpenAi, startFakeOpenAi } from '@/testing/providers/openai/fake-openai';

let fake: FakeOpenAi;
let lab: AgentLab;
let other: AgentLab;

beforeAll(async () => {
  fake = await startFakeOpenAi();
  [lab, other] = [await makeAgentLab(fake), await makeAgentLab(fake)];
});
afterAll(async () => {
  await fake.close();
  await closeDatabase();
});

const { models } = services();
const seeded = (owner = lab, family = `family-${randomUUID().slice(0, 8)}`) =>
  seedModel({ ...owner.actor, connectionId: owner.connectionId, family });

/** A finished job without a model, and its registration as the end of a run asks for it. */
async function finishedJob(datasetName: string) {
  const { modelId, jobId, datasetId, versionId } = await seeded();
  await database().fineTunedModel.delete({ where: { id: modelId } });
  const { workspaceId } = lab.actor;
  return () =>
    inTransaction((tx) =>
      models.register(tx, {
        ...{ workspaceId, jobId, datasetName, datasetId, datasetVersionId: versionId, connectionId: lab.connectionId },
        ...{ baseModel: 'base', providerModelId: 'ft:one', priceSnapshot: null, shutdownOn: null },
      }),
    );
}

describe('registering a model', () => {
  it('happens once for a job, also at the same moment', async () => {
    for (let round = 1; round <= 4; round++) {
      const register = await finishedJob('Once Only');
      const [one, ...others] = await Promise.all([register(), register(), register()]);
      expect(one).toMatchObject({ family: 'once-only', version: round });
      for (const each of [...others, await register()]) expect(each).toEqual(one);
    }
  });

  it('numbers a family without holes or clashes when jobs end together', async () => {
    const ends = await Promise.all(Array.from({ length: 4 }, () => finishedJob('Side by Side')));
    const made = await Promise.all(ends.map((register) => register()));
    expect(made.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4]);
  });
});

describe('deleting a model', () => {
  it('is refused while an active release answers with it, and says which', async () => {
    const { modelId } = await seeded();
    const { agentId, slug } = await lab.agents.deployModel(lab.actor, { modelId, agent: 'uses-it' });
    const refusal = { kind: 'conflict', reason: 'models.in_use', message: expect.stringContaining(slug) };
    await expect(models.delete(lab.actor, modelId)).rejects.toMatchObject(refusal);
    const next = await seeded();
    await lab.agents.deployModel(lab.actor, { modelId: next.modelId, agent: agentId });
    await models.delete(lab.actor, modelId);
    await expect(models.get(lab.actor, modelId)).rejects.toMatchObject({ reason: 'models.not_found' });
    expect((await lab.agents.get(lab.actor, agentId)).releases).toHaveLength(2);
  });

  it('lets no release answer with a model that is gone, whichever of the two comes first', async () => {
    for (let round = 0; round < 6; round++) {
      const { modelId } = await seeded();
      const agent = `race-${round}`;
      const acts = [models.delete(lab.actor, modelId), lab.agents.deployModel(lab.actor, { modelId, agent })];
      const [deleted, deployed] = await Promise.allSettled(acts);
      expect([deleted?.status, deployed?.status].sort()).toEqual(['fulfilled', 'rejected']);
    }
  });

  it('is for the workspace that has it', async () => {
    const { modelId } = await seeded(other);
    for (const act of [models.delete, models.get]) {
      await expect(act(lab.actor, modelId)).rejects.toMatchObject({ kind: 'not_found', reason: 'models.not_found' });
    }
    const change = models.update(lab.actor, { id: modelId, status: 'retired' });
    await expect(change).rejects.toMatchObject({ reason: 'models.not_found' });
    expect(await models.get(other.actor, modelId)).toMatchObject({ status: 'ready' });
  });
});

describe('retiring a model', () => {
  it('keeps it, and takes it back', async () => {
    const { modelId: id } = await seeded();
    expect(await models.update(lab.actor, { id, status: 'retired' })).toMatchObject({ status: 'retired' });
    const list = await models.list(lab.actor, { status: 'retired', limit: 50 });
    expect(list.items.map((model) => model.id)).toContain(id);
    expect(await models.update(lab.actor, { id, status: 'ready' })).toMatchObject({ status: 'ready' });
  });
});
