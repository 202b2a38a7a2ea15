import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { usd } from '@/lib/money';
import { closeDatabase, database } from '@/platform/db/database';
import { services } from '@/server/services';
import { type AgentLab, conversationRow, MODEL, makeAgentLab, OTHER_MODEL } from '@/testing/doors/agent-lab';
import { makeTenant } from '@/testing/doors/tenant';
import { type FakeOpenAi, startFakeOpenAi } from '@/testing/providers/openai/fake-openai';

let fake: FakeOpenAi;
let lab: AgentLab;

beforeAll(async () => {
  fake = await startFakeOpenAi();
});
beforeEach(async () => {
  fake.requests.length = 0;
  fake.state.wordTakesMs = 0;
  fake.state.abandonedAnswers = 0;
  lab = await makeAgentLab(fake);
});
afterAll(async () => {
  await fake.close();
  await closeDatabase();
});

const question = (slug: string, content = 'one two three four') => ({
  model: slug,
  messages: [{ role: 'user' as const, content }],
});
const never = () => new AbortController().signal;
const chatCalls = () => fake.requests.filter(({ call }) => call === 'chat').length;
const conversationsOf = (agentId: string) =>
  database().conversation.findMany({ where: { agentId }, include: { messages: { orderBy: { seq: 'asc' } } } });
const chargesOf = (agentId: string) => database().ledgerEntry.findMany({ where: { agentId } });

describe('a call of an agent', () => {
  it('streams, and is recorded once with tokens, cost and latency', async () => {
    const agent = await lab.agent({ systemPrompt: 'Be kind.' });
    const answer = await lab.agents.chat(lab.actor, {
      ...{ input: question(agent.slug), source: 'api', signal: never() },
    });
    const pieces: string[] = [];
    for await (const { content } of answer.pieces) if (content) pieces.push(content);
    expect(pieces.length).toBeGreaterThan(3);
    const [kept, ...others] = await conversationsOf(agent.id);
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ id: answer.conversationId, status: 'ok', error: null, source: 'api', tokensOut: 6 });
    expect(kept?.messages.map(({ role, content }) => [role, content])).toEqual([
      ['user', 'one two three four'],
      ['assistant', pieces.join('')],
    ]);
    expect(kept?.latencyMs).toBeGreaterThanOrEqual(0);
    // The lab's prices: 800 and 3200 nano-dollars a token.
    const cost = BigInt(kept?.tokensIn ?? 0) * 800n + 6n * 3200n;
    expect(kept?.costNanoUsd).toBe(cost);
    expect(await chargesOf(agent.id)).toMatchObject([{ kind: 'charge', amountNanoUsd: cost }]);
  });

  it('sends the release’s prompt and parameters, and lets the caller’s own values win', async () => {
    const agent = await lab.agent();
    await lab.release(agent.id, { parameters: { maxTokens: 2 } });
    expect((await lab.ask(agent.slug, 'a b c')).text).toBe(`${MODEL} heard: `);
    expect((await lab.ask(agent.slug, 'a b c', { max_tokens: 3 })).text).toBe(`${MODEL} heard: a `);
  });

  it('ends as an error when the provider fails in the middle, and keeps what had come', async () => {
    const agent = await lab.agent();
    fake.state.cutAfterWords = 2;
    await expect(lab.ask(agent.slug)).rejects.toMatchObject({ name: 'AppError', kind: 'provider_failed' });
    const [kept] = await conversationsOf(agent.id);
    expect(kept).toMatchObject({ status: 'error', costNanoUsd: null });
    expect(kept?.error).toBeTruthy();
    expect(kept?.messages.at(-1)?.content).toBe(`${MODEL} heard: `);
  });

  it.each([
    [
      { kind: 'rate_limit', retryAfterSeconds: 7 },
      { kind: 'rate_limited', retryAfterMs: 7000 },
    ],
    [{ kind: 'insufficient_quota' }, { kind: 'precondition_failed', reason: 'agents.provider_quota' }],
    [{ kind: 'echo_key' }, { kind: 'precondition_failed', reason: 'agents.provider_auth' }],
    [
      { kind: 'status', status: 500, when: 'before' },
      { kind: 'provider_failed', reason: 'agents.provider_transient' },
    ],
  ] as const)('says what %j means, and records it', async (fault, expected) => {
    const agent = await lab.agent();
    fake.faults.next('chat', fault);
    await expect(lab.ask(agent.slug)).rejects.toMatchObject(expected);
    expect(await conversationsOf(agent.id)).toMatchObject([{ status: 'error' }]);
    expect(chatCalls()).toBe(1);
  });

  it('is interrupted when the caller hangs up, and closes the provider’s request', async () => {
    const agent = await lab.agent();
    fake.state.wordTakesMs = 100;
    const hangUp = new AbortController();
    const answer = await lab.agents.chat(lab.actor, {
      ...{ input: question(agent.slug), source: 'api', signal: hangUp.signal },
    });
    const read = async () => {
      for await (const { content } of answer.pieces) if (content) hangUp.abort(new Error('gone'));
    };
    await expect(read()).rejects.toThrow('gone');
    const [kept, ...others] = await conversationsOf(agent.id);
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ status: 'interrupted', costNanoUsd: null });
    await expect.poll(() => fake.state.abandonedAnswers).toBe(1);
  });

  it('is interrupted when the reader walks away', async () => {
    const agent = await lab.agent();
    fake.state.wordTakesMs = 100;
    const answer = await lab.agents.chat(lab.actor, {
      ...{ input: question(agent.slug), source: 'api', signal: never() },
    });
    for await (const { content } of answer.pieces) if (content) break;
    expect(await conversationsOf(agent.id)).toMatchObject([{ status: 'interrupted' }]);
    await expect.poll(() => fake.state.abandonedAnswers).toBe(1);
  });

  it('keeps figures and no text for an agent that keeps no conversations', async () => {
    const agent = await lab.agent();
    await lab.agents.update(lab.actor, { id: agent.id, keepConversations: false });
    const { conversationId } = await lab.ask(agent.slug, 'a secret of mine');
    const kept = await conversationRow(conversationId);
    expect(kept).toMatchObject({ status: 'ok', messages: [] });
    expect(kept.tokensOut).toBeGreaterThan(0);
    expect(await chargesOf(agent.id)).toHaveLength(1);
  });

  it('keeps tool calls as they were on the wire', async () => {
    const agent = await lab.agent();
    const tools = [{ type: 'function', function: { name: 'listen' } }];
    const { conversationId } = await lab.ask(agent.slug, 'hi', { tools, tool_choice: 'required' });
    const last = (await conversationRow(conversationId)).messages.at(-1);
    expect(last?.raw).toMatchObject({
      tool_calls: [{ type: 'function', function: { name: 'listen', arguments: '{"heard":"hi"}' } }],
    });
  });

  it('survives text that a database cannot hold', async () => {
    const agent = await lab.agent();
    const content = [{ type: 'text', text: 'nul \u0000 and half a pair \ud83d' }];
    for (const message of ['nul \u0000 and half a pair \ud83d', content]) {
      const messages = [{ role: 'user', content: message }];
      const { conversationId } = await lab.ask(agent.slug, '', { messages });
      const kept = await conversationRow(conversationId);
      expect(kept.status).toBe('ok');
      expect(kept.messages[0]?.content).toBe('nul \ufffd and half a pair \ufffd');
    }
  });
});

describe('who may call, and when', () => {
  it('asks no provider once a blocking budget has nothing left', async () => {
    const agent = await lab.agent();
    const cap = { name: 'Nothing', scope: 'agent', period: 'month', limit: usd(0), onBreach: 'block' } as const;
    await services().budgets.create(lab.actor, { ...cap, scopeId: agent.id });
    await expect(lab.ask(agent.slug)).rejects.toMatchObject({ kind: 'budget_exceeded' });
    expect(chatCalls()).toBe(0);
    expect(await conversationsOf(agent.id)).toEqual([]);
  });

  it('knows no agent of another workspace, and none that was deleted', async () => {
    const agent = await lab.agent();
    const stranger = (await makeTenant()).owner.actor;
    const request = { input: question(agent.slug), source: 'api', signal: never() } as const;
    const unknown = { kind: 'not_found', reason: 'agents.no_such_model' };
    await expect(lab.agents.chat(stranger, request)).rejects.toMatchObject(unknown);
    await lab.agents.delete(lab.actor, agent.id);
    await expect(lab.agents.chat(lab.actor, request)).rejects.toMatchObject(unknown);
  });

  it('refuses a viewer, and an agent without a release', async () => {
    const agent = await lab.agents.create(lab.actor, { slug: 'empty', name: 'E', systemPrompt: '', parameters: {} });
    const request = { input: question(agent.slug), source: 'api', signal: never() } as const;
    await expect(lab.agents.chat(lab.tenant.viewer.actor, request)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(lab.agents.chat(lab.actor, request)).rejects.toMatchObject({ reason: 'agents.no_release' });
  });

  it('lets the playground ask an older release, of this agent only', async () => {
    const agent = await lab.agent();
    const other = await lab.agent();
    const [first] = (await lab.agents.get(lab.actor, agent.id)).releases;
    const [foreign] = (await lab.agents.get(lab.actor, other.id)).releases;
    await lab.release(agent.id, { baseModel: { connectionId: lab.connectionId, id: OTHER_MODEL } });
    const ask = (releaseId: string | undefined) =>
      lab.agents.chat(lab.actor, {
        ...{ input: question(agent.slug), source: 'playground', releaseId, signal: never() },
      });
    expect((await ask(first?.id)).release.number).toBe(1);
    expect((await ask(undefined)).release.number).toBe(2);
    await expect(ask(foreign?.id)).rejects.toMatchObject({ reason: 'agents.release_not_found' });
  });
});
