import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase, database } from '@/platform/db/database';
import { services } from '@/server/services';
import { type AgentLab, conversationRow, MODEL, makeAgentLab } from '@/testing/doors/agent-lab';
import { type FakeOpenAi, startFakeOpenAi } from '@/testing/providers/openai/fake-openai';
import { agentAnalytics } from '../conversation.schema';

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

const rating = (conversationId: string, value: 1 | -1 | null) =>
  lab.agents.rate(lab.actor, { conversationId, rating: value });

describe('ratings', () => {
  it('count the last one and keep all with who gave them', async () => {
    const agent = await lab.agent();
    const { conversationId } = await lab.ask(agent.slug);
    for (const value of [1, -1] as const) await rating(conversationId, value);
    expect((await conversationRow(conversationId)).rating).toBe(-1);
    const given = await database().feedback.findMany({ where: { conversationId }, orderBy: { id: 'asc' } });
    expect(given.map(({ rating, byLabel }) => [rating, byLabel])).toEqual([
      [1, 'Somebody'],
      [-1, 'Somebody'],
    ]);
    const list = (choice: 'up' | 'down' | 'rated' | 'any') =>
      lab.agents.listConversations(lab.actor, { agentId: agent.id, rating: choice, limit: 50 });
    expect((await list('up')).items).toEqual([]);
    expect((await list('down')).items.map(({ id }) => id)).toEqual([conversationId]);
    await rating(conversationId, null);
    expect((await list('rated')).items).toEqual([]);
    expect((await list('any')).items).toHaveLength(1);
  });

  it('are for the workspace the conversation belongs to', async () => {
    const other = await makeAgentLab(fake);
    const { conversationId } = await other.ask((await other.agent()).slug);
    await expect(rating(conversationId, 1)).rejects.toMatchObject({ reason: 'agents.conversation_not_found' });
    expect((await conversationRow(conversationId)).rating).toBeNull();
    expect(await database().feedback.count({ where: { conversationId } })).toBe(0);
  });
});

describe('importing conversations', () => {
  const importing = (agentId: string, more: object = {}) =>
    lab.agents.importConversations(lab.actor, { agentId, rating: 'any', ...more });
  const rowsOf = async ({ datasetId, versionId }: { datasetId: string; versionId: string }) => {
    await services().datasets.runImport(lab.actor.workspaceId, versionId);
    const rows = await database().trainingExample.findMany({ where: { datasetId }, orderBy: { ordinal: 'asc' } });
    return rows.map(({ body }) => JSON.parse(body) as { messages: { role: string; content: string }[] });
  };

  it('takes what was answered, oldest first, with the words the agent was given', async () => {
    const agent = await lab.agent({ systemPrompt: 'Be brief.' });
    await lab.ask(agent.slug, 'first');
    fake.faults.next('chat', { kind: 'status', status: 500, when: 'before' });
    await expect(lab.ask(agent.slug, 'failed')).rejects.toThrow();
    await lab.ask(agent.slug, '', { messages: [{ role: 'assistant', content: 'nobody asked' }] });
    await lab.agents.update(lab.actor, { id: agent.id, keepConversations: false });
    await lab.ask(agent.slug, 'kept nowhere');
    await lab.agents.update(lab.actor, { id: agent.id, keepConversations: true });
    await lab.ask(agent.slug, 'second');
    const made = await importing(agent.id);
    expect(made.conversations).toBe(2);
    expect((await rowsOf(made)).map(({ messages }) => messages)).toEqual(
      ['first', 'second'].map((text) => [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: text },
        { role: 'assistant', content: `${MODEL} heard: ${text}` },
      ]),
    );
    const dataset = await services().datasets.get(lab.actor, made.datasetId);
    expect(dataset.version).toMatchObject({ source: 'conversations', sourceLabel: agent.slug, rows: 2 });
  });

  it('makes the next version of a dataset from those that were chosen', async () => {
    const agent = await lab.agent();
    const { conversationId } = await lab.ask(agent.slug, 'good');
    await lab.ask(agent.slug, 'not chosen');
    const first = await importing(agent.id, { name: 'Chosen' });
    await rowsOf(first);
    await rating(conversationId, 1);
    const next = await importing(agent.id, { datasetId: first.datasetId, rating: 'up' });
    expect(next).toMatchObject({ datasetId: first.datasetId, conversations: 1 });
    const byId = await importing(agent.id, { name: 'By id', conversationIds: [conversationId] });
    expect(byId.conversations).toBe(1);
  });

  it('says so when there is nothing to learn from, and makes nothing', async () => {
    const agent = await lab.agent();
    await expect(importing(agent.id)).rejects.toMatchObject({ reason: 'agents.nothing_to_import' });
    await lab.agents.update(lab.actor, { id: agent.id, keepConversations: false });
    await lab.ask(agent.slug);
    await expect(importing(agent.id)).rejects.toMatchObject({ reason: 'agents.nothing_to_import' });
    await lab.agents.update(lab.actor, { id: agent.id, keepConversations: true });
    await lab.ask(agent.slug);
    await expect(importing(agent.id, { conversationIds: [] })).rejects.toMatchObject({
      reason: 'agents.nothing_to_import',
    });
    expect(await database().dataset.count({ where: { workspaceId: lab.actor.workspaceId } })).toBe(0);
  });

  it('knows no agent, dataset or conversation of another workspace', async () => {
    const other = await makeAgentLab(fake);
    const foreign = await other.agent();
    const { conversationId } = await other.ask(foreign.slug, 'not yours');
    await expect(importing(foreign.id)).rejects.toMatchObject({ reason: 'agents.not_found' });
    const agent = await lab.agent();
    await lab.ask(agent.slug);
    await expect(importing(agent.id, { conversationIds: [conversationId] })).rejects.toMatchObject({
      reason: 'agents.nothing_to_import',
    });
    const theirs = await other.agents.importConversations(other.actor, { agentId: foreign.id, rating: 'any' });
    await expect(importing(agent.id, { datasetId: theirs.datasetId })).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('lets a member do it, and no viewer', async () => {
    const agent = await lab.agent();
    await lab.ask(agent.slug);
    const act = lab.agents.importConversations(lab.tenant.viewer.actor, { agentId: agent.id, rating: 'any' });
    await expect(act).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('figures of an agent', () => {
  it('are zeros, not gaps, while nobody has called it', async () => {
    const agent = await lab.agent();
    const figures = await lab.agents.analytics(lab.actor, agent.id, 30);
    expect(agentAnalytics.parse(figures)).toMatchObject({ calls: 0, tokensIn: 0, tokensOut: 0, byRelease: [] });
  });

  it('add up by release', async () => {
    const agent = await lab.agent();
    const { conversationId } = await lab.ask(agent.slug);
    await rating(conversationId, 1);
    await lab.release(agent.id, { systemPrompt: 'two' });
    await lab.ask(agent.slug);
    const figures = await lab.agents.analytics(lab.actor, agent.id, 30);
    expect(figures).toMatchObject({ calls: 2, errors: 0, ratingsUp: 1, ratingsDown: 0 });
    expect(figures.byRelease.map(({ release, calls, ratingsUp }) => [release, calls, ratingsUp])).toEqual([
      [2, 1, 0],
      [1, 1, 1],
    ]);
    const { items } = await lab.agents.list(lab.actor, { limit: 10 });
    expect(items.find(({ id }) => id === agent.id)).toMatchObject({ conversations: 2, release: { number: 2 } });
  });
});
