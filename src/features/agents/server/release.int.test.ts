import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase, database } from '@/platform/db/database';
import { services } from '@/server/services';
import { type AgentLab, MODEL, makeAgentLab, OTHER_MODEL } from '@/testing/doors/agent-lab';
import { seedModel } from '@/testing/doors/seed-model';
import { makeTenant } from '@/testing/doors/tenant';
import { type FakeOpenAi, startFakeOpenAi } from '@/testing/providers/openai/fake-openai';

let fake: FakeOpenAi;
let lab: AgentLab;

beforeAll(async () => {
  fake = await startFakeOpenAi();
});
beforeEach(async () => {
  lab = await makeAgentLab(fake);
});
afterAll(async () => {
  await fake.close();
  await closeDatabase();
});

const activeOf = async (agentId: string) =>
  (await database().agentRelease.findMany({ where: { agentId, active: true } })).map(({ number }) => number);
const slugTaken = { kind: 'conflict', reason: 'agents.slug_taken' };
const outcomes = (results: PromiseSettledResult<unknown>[]) => results.map(({ status }) => status).sort();
const newSlug = () => `race-${randomUUID().slice(0, 8)}`;

describe('slugs', () => {
  const create = (actor = lab.actor, slug = 'support') =>
    lab.agents.create(actor, { slug, name: 'Support', systemPrompt: '', parameters: {} });

  it('belong to one agent of a workspace, and to others elsewhere', async () => {
    await create();
    await expect(create()).rejects.toMatchObject(slugTaken);
    await create((await makeTenant()).owner.actor);
  });

  it('are free again when their agent is deleted', async () => {
    const { id } = await create();
    await lab.agents.delete(lab.actor, id);
    expect((await create()).id).not.toBe(id);
  });

  it('go to exactly one of two who ask at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const slug = newSlug();
      const results = await Promise.allSettled([create(lab.actor, slug), create(lab.actor, slug)]);
      expect(outcomes(results)).toEqual(['fulfilled', 'rejected']);
      expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: slugTaken });
    }
  });
});

describe('models that are gone', () => {
  it('neither answer again by an older release, nor take the active one away', async () => {
    const agent = await lab.agent();
    const model = await seedModel({ ...lab.actor, connectionId: lab.connectionId });
    const old = await lab.release(agent.id, { modelId: model.modelId });
    await lab.release(agent.id, { baseModel: { connectionId: lab.connectionId, id: OTHER_MODEL } });
    await services().models.delete(lab.actor, model.modelId);
    await expect(lab.agents.activateRelease(lab.actor, { agentId: agent.id, releaseId: old.id })).rejects.toMatchObject(
      { kind: 'conflict', reason: 'agents.release_model_gone' },
    );
    expect(await activeOf(agent.id)).toEqual([3]);
  });

  it('or retired are not put behind an agent anew, but an older release with one may come back', async () => {
    const agent = await lab.agent();
    const model = await seedModel({ ...lab.actor, connectionId: lab.connectionId });
    const old = await lab.release(agent.id, { modelId: model.modelId });
    await lab.release(agent.id, { baseModel: { connectionId: lab.connectionId, id: OTHER_MODEL } });
    await services().models.update(lab.actor, { id: model.modelId, status: 'retired' });
    await expect(lab.agents.deployModel(lab.actor, { modelId: model.modelId, agent: agent.id })).rejects.toMatchObject({
      reason: 'agents.model_retired',
    });
    await lab.agents.activateRelease(lab.actor, { agentId: agent.id, releaseId: old.id });
    expect(await activeOf(agent.id)).toEqual([2]);
  });

  it('include connections: one that is being deleted in this moment gets no release', async () => {
    const { providers } = services();
    for (let round = 0; round < 4; round++) {
      const agent = await lab.agent();
      const { id } = await providers.create(lab.actor, {
        ...{ kind: 'openai', label: 'Second', baseUrl: fake.baseUrl, secret: fake.apiKey },
      });
      const [released, deleted] = await Promise.allSettled([
        lab.release(agent.id, { baseModel: { connectionId: id, id: OTHER_MODEL } }),
        providers.delete(lab.actor, id),
      ]);
      expect([released.status, deleted.status].sort()).toEqual(['fulfilled', 'rejected']);
    }
  });
});

describe('releases', () => {
  it('take over what is not said, answer at once, and roll back to the very same answer', async () => {
    const agent = await lab.agent({ systemPrompt: 'Old words.' });
    await lab.release(agent.id, {
      ...{ baseModel: { connectionId: lab.connectionId, id: OTHER_MODEL }, note: 'cheaper' },
    });
    const [second, first] = (await lab.agents.get(lab.actor, agent.id)).releases;
    expect(second).toMatchObject({ number: 2, active: true, systemPrompt: 'Old words.', note: 'cheaper' });
    expect((await lab.ask(agent.slug, 'x')).text).toBe(`${OTHER_MODEL} heard: x`);
    await lab.agents.activateRelease(lab.actor, { agentId: agent.id, releaseId: first?.id ?? '' });
    expect((await lab.ask(agent.slug, 'x')).text).toBe(`${MODEL} heard: x`);
    expect(await activeOf(agent.id)).toEqual([1]);
    const audit = await database().auditEntry.findMany({
      where: { workspaceId: lab.actor.workspaceId, subjectId: agent.id },
      orderBy: { id: 'asc' },
    });
    expect(audit.map(({ action }) => action)).toEqual(['agent.created', 'release.created', 'release.activated']);
  });

  it('are exactly one active, whatever is activated and made at the same moment', async () => {
    const agent = await lab.agent();
    await lab.release(agent.id, { systemPrompt: 'two' });
    const ids = (await lab.agents.get(lab.actor, agent.id)).releases.map(({ id }) => id);
    const acts = Array.from({ length: 12 }, (_, i) =>
      i % 3 === 2
        ? lab.release(agent.id, { systemPrompt: `new ${i}` })
        : lab.agents.activateRelease(lab.actor, { agentId: agent.id, releaseId: ids[i % 2] ?? '' }),
    );
    expect(outcomes(await Promise.allSettled(acts))).toEqual(Array(12).fill('fulfilled'));
    expect(await activeOf(agent.id)).toHaveLength(1);
    const numbers = (await lab.agents.get(lab.actor, agent.id)).releases.map(({ number }) => number);
    expect(numbers).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('need a model the first time, and know no model or connection of others', async () => {
    const agent = await lab.agents.create(lab.actor, { slug: 'bare', name: 'Bare', systemPrompt: '', parameters: {} });
    await expect(lab.release(agent.id)).rejects.toMatchObject({ reason: 'agents.no_model_chosen' });
    const other = await makeAgentLab(fake);
    const foreign = await seedModel({ ...other.actor, connectionId: other.connectionId });
    await expect(lab.release(agent.id, { modelId: foreign.modelId })).rejects.toMatchObject({ kind: 'not_found' });
    const baseModel = { connectionId: other.connectionId, id: MODEL };
    await expect(lab.release(agent.id, { baseModel })).rejects.toMatchObject({ kind: 'not_found' });
    expect(await activeOf(agent.id)).toEqual([]);
  });

  it('cannot be activated for another agent', async () => {
    const [one, two] = [await lab.agent(), await lab.agent()];
    const [release] = (await lab.agents.get(lab.actor, two.id)).releases;
    const act = lab.agents.activateRelease(lab.actor, { agentId: one.id, releaseId: release?.id ?? '' });
    await expect(act).rejects.toMatchObject({ reason: 'agents.release_not_found' });
  });
});

describe('deploying a model', () => {
  const model = () => seedModel({ ...lab.actor, connectionId: lab.connectionId, providerModelId: OTHER_MODEL });

  it('makes the agent of a slug nobody has, and answers with it', async () => {
    const { modelId } = await model();
    const made = await lab.agents.deployModel(lab.actor, { modelId, agent: 'support-router' });
    expect(made).toMatchObject({ slug: 'support-router', release: 1, created: true });
    expect((await lab.ask('support-router', 'x')).text).toBe(`${OTHER_MODEL} heard: x`);
  });

  it('makes the next release of an agent that is there, by slug and by id', async () => {
    const { modelId } = await model();
    const agent = await lab.agent({ systemPrompt: 'Stays.' });
    const bySlug = await lab.agents.deployModel(lab.actor, { modelId, agent: agent.slug });
    expect(bySlug).toMatchObject({ agentId: agent.id, release: 2, created: false });
    const byId = await lab.agents.deployModel(lab.actor, { modelId, agent: agent.id.toUpperCase(), note: 'again' });
    expect(byId).toMatchObject({ agentId: agent.id, release: 3, created: false });
    expect((await lab.agents.get(lab.actor, agent.id)).active).toMatchObject({ systemPrompt: 'Stays.', note: 'again' });
  });

  it('knows no agent and no model of another workspace', async () => {
    const { modelId } = await model();
    const other = await makeAgentLab(fake);
    const agent = await other.agent();
    const deploy = (id: string, to: string) => lab.agents.deployModel(lab.actor, { modelId: id, agent: to });
    await expect(deploy(modelId, agent.id)).rejects.toMatchObject({ reason: 'agents.not_found' });
    const foreign = await seedModel({ ...other.actor, connectionId: other.connectionId });
    await expect(deploy(foreign.modelId, 'mine')).rejects.toMatchObject({ reason: 'models.not_found' });
    // The same slug over there is somebody else's: here it makes an agent of our own.
    expect(await deploy(modelId, agent.slug)).toMatchObject({ created: true });
    expect(await activeOf(agent.id)).toEqual([1]);
  });

  it('gives two deploys to one new slug one agent and two releases', async () => {
    const { modelId } = await model();
    for (let round = 0; round < 5; round++) {
      const agent = newSlug();
      const made = await Promise.all([0, 1].map(() => lab.agents.deployModel(lab.actor, { modelId, agent })));
      expect(made.map(({ release }) => release).sort()).toEqual([1, 2]);
      expect(made.filter(({ created }) => created)).toHaveLength(1);
      expect(new Set(made.map(({ agentId }) => agentId)).size).toBe(1);
    }
  });
});
