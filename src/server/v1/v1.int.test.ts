import { encode } from 'next-auth/jwt';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase, database } from '@/platform/db/database';
import { type AgentLab, MODEL, makeAgentLab, OTHER_MODEL } from '@/testing/doors/agent-lab';
import { makeTenant } from '@/testing/doors/tenant';
import { hostHandler } from '@/testing/http-host';
import { type FakeOpenAi, startFakeOpenAi } from '@/testing/providers/openai/fake-openai';
import { services } from '../services';
import { chatCompletions } from './chat-completions';
import { listModels } from './models';

let fake: FakeOpenAi;
let host: Awaited<ReturnType<typeof hostHandler>>;
let lab: AgentLab;
let key = '';
let slug = '';
let agentId = '';

beforeAll(async () => {
  fake = await startFakeOpenAi();
  host = await hostHandler((request) =>
    new URL(request.url).pathname.endsWith('/models') ? listModels(request) : chatCompletions(request),
  );
  lab = await makeAgentLab(fake);
  key = await lab.tenant.key();
  ({ slug, id: agentId } = await lab.agent());
});
beforeEach(() => {
  fake.state.wordTakesMs = 0;
  fake.state.abandonedAnswers = 0;
  fake.requests.length = 0;
});
afterAll(async () => {
  await host.close();
  await fake.close();
  await closeDatabase();
});

const sdk = (apiKey = key) => new OpenAI({ apiKey, baseURL: `${host.origin}/v1`, maxRetries: 0 });
const messages = [{ role: 'user' as const, content: 'one two three' }];
const post = (body: BodyInit, headers: Record<string, string> = { authorization: `Bearer ${key}` }) =>
  fetch(`${host.origin}/v1/chat/completions`, { method: 'POST', body, headers });
const shape = { message: expect.any(String), type: expect.any(String), param: null, code: expect.any(String) };
const lastConversation = () =>
  database().conversation.findFirstOrThrow({ where: { agentId }, orderBy: { id: 'desc' } });

describe('chat completions through OpenAI’s own client', () => {
  it('answers with the slug as model, usage, and the id under which it is kept', async () => {
    const { data, response } = await sdk().chat.completions.create({ model: slug, messages }).withResponse();
    expect(data).toMatchObject({ object: 'chat.completion', model: slug });
    expect(data.choices).toMatchObject([
      { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: `${MODEL} heard: one two three` } },
    ]);
    const { usage } = data;
    expect(usage).toMatchObject({ completion_tokens: 5, prompt_tokens_details: { cached_tokens: 5 } });
    expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + 5);
    const id = response.headers.get('x-tuneloop-conversation');
    expect(await lastConversation()).toMatchObject({ id, source: 'api', status: 'ok' });
  });

  it('streams, with usage when it is asked for', async () => {
    const options = { stream_options: { include_usage: true } };
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    const stream = await sdk().chat.completions.create({ model: slug, messages, stream: true, ...options });
    for await (const chunk of stream) chunks.push(chunk);
    const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
    expect(text).toBe(`${MODEL} heard: one two three`);
    expect(new Set(chunks.map((chunk) => `${chunk.object} ${chunk.id} ${chunk.model}`)).size).toBe(1);
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant');
    expect(chunks.flatMap(({ choices }) => choices.map((choice) => choice.finish_reason)).filter(Boolean)).toEqual([
      'stop',
    ]);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 5 } });
    const plain: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of await sdk().chat.completions.create({ model: slug, messages, stream: true }))
      plain.push(chunk);
    expect(plain.some(({ usage }) => usage)).toBe(false);
  });

  it('passes tool calls, whole and streamed', async () => {
    const tools = [{ type: 'function' as const, function: { name: 'listen', parameters: { type: 'object' } } }];
    const request = { model: slug, messages, tools, tool_choice: 'required' as const };
    const { choices } = await sdk().chat.completions.create(request);
    expect(choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
    const called = { type: 'function', function: { name: 'listen', arguments: '{"heard":"one two three"}' } };
    expect(choices[0]?.message.tool_calls).toMatchObject([called]);
    const final = await sdk().chat.completions.stream(request).finalChatCompletion();
    expect(final.choices[0]?.message.tool_calls).toMatchObject([called]);
  });

  it('ends a stream that breaks with an error event, not with silence', async () => {
    fake.state.cutAfterWords = 2;
    const read = async () => {
      for await (const _ of await sdk().chat.completions.create({ model: slug, messages, stream: true }));
    };
    await expect(read()).rejects.toThrow('OpenAI did not answer properly');
    expect(await lastConversation()).toMatchObject({ status: 'error' });
  });

  it.each([true, false])('closes the provider’s request when the caller hangs up (stream: %s)', async (stream) => {
    fake.state.wordTakesMs = 150;
    const before = (await lastConversation()).id;
    const hangUp = new AbortController();
    const body = JSON.stringify({ model: slug, messages, stream });
    const headers = { authorization: `Bearer ${key}` };
    const pending = fetch(`${host.origin}/v1/chat/completions`, {
      method: 'POST',
      body,
      headers,
      signal: hangUp.signal,
    });
    if (stream) await (await pending).body?.getReader().read();
    await expect.poll(() => fake.requests.some(({ call }) => call === 'chat')).toBe(true);
    hangUp.abort();
    await pending.catch(() => undefined);
    await expect.poll(() => fake.state.abandonedAnswers, { timeout: 5000 }).toBe(1);
    await expect.poll(async () => (await lastConversation()).id, { timeout: 5000 }).not.toBe(before);
    expect(await lastConversation()).toMatchObject({ status: 'interrupted' });
  });
});

describe('what is refused', () => {
  it('is told in classes that OpenAI’s client knows', async () => {
    const revoked = await services().workspaces.createApiKey(lab.actor, { name: 'gone', role: 'member' });
    await services().workspaces.revokeApiKey(lab.actor, revoked.id);
    for (const bad of [revoked.key, 'tl_wrong', 'sk-else']) {
      const error = await sdk(bad)
        .models.list()
        .catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(OpenAI.AuthenticationError);
      expect(error).toMatchObject({ status: 401, code: 'invalid_api_key', type: 'authentication_error' });
    }
    const ask = (model: string, client = sdk()) => client.chat.completions.create({ model, messages });
    const unknown = await ask('nobody').catch((cause: unknown) => cause);
    expect(unknown).toBeInstanceOf(OpenAI.NotFoundError);
    expect(unknown).toMatchObject({ code: 'model_not_found', type: 'invalid_request_error' });
    const stranger = await (await makeTenant()).key();
    expect(await ask(slug, sdk(stranger)).catch((cause: unknown) => cause)).toMatchObject({ status: 404 });
    const viewer = await lab.tenant.key('viewer');
    expect(await ask(slug, sdk(viewer)).catch((cause: unknown) => cause)).toBeInstanceOf(OpenAI.PermissionDeniedError);
    fake.faults.next('chat', { kind: 'rate_limit', retryAfterSeconds: 3 });
    const busy = (await ask(slug).catch((cause: unknown) => cause)) as InstanceType<typeof OpenAI.RateLimitError>;
    expect(busy).toBeInstanceOf(OpenAI.RateLimitError);
    expect(busy.headers?.get('retry-after')).toBe('3');
  });

  it.each([
    ['broken JSON', '{"model":', /not valid JSON/],
    ['no model', JSON.stringify({ messages }), /model/],
    ['no messages', JSON.stringify({ model: 'x', messages: [] }), /at least one message/],
    ['a wrong role', JSON.stringify({ model: 'x', messages: [{ role: 'boss', content: '' }] }), /role/],
    ['an array', '[]', /body/],
    ['too many bytes', `"${'x'.repeat(16 * 1024 * 1024)}"`, /larger than/],
  ])('answers %s with 400 in OpenAI’s shape', async (_, body, words) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { message: string } };
    expect(error).toEqual(shape);
    expect(error).toMatchObject({ type: 'invalid_request_error', message: expect.stringMatching(words) });
    expect(fake.requests).toEqual([]);
  });

  it('needs a key or a session', async () => {
    const response = await post('{}', {});
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: { ...shape, type: 'authentication_error', code: 'invalid_api_key' },
    });
  });
});

describe('models', () => {
  it('lists the agents that answer, and nobody else’s', async () => {
    await lab.agents.create(lab.actor, { slug: 'no-release', name: 'N', systemPrompt: '', parameters: {} });
    const other = await makeAgentLab(fake);
    const foreign = await other.agent();
    const { data } = await sdk().models.list();
    const ids = data.map(({ id }) => id);
    expect(ids).toContain(slug);
    expect(ids).not.toContain('no-release');
    expect(ids).not.toContain(foreign.slug);
    expect(data[0]).toMatchObject({ object: 'model', created: expect.any(Number) });
  });
});

describe('the playground', () => {
  const sessionToken = async () => {
    const { id } = lab.tenant.owner.user;
    const seal = await services().workspaces.sessionSeal(id);
    return encode({ token: { sub: id, email: 'a@example.org', seal }, secret: 'test-secret-of-no-value' });
  };

  it('ends with every session of an account whose password was changed', async () => {
    const cookie = `next-auth.session-token=${await sessionToken()}`;
    const body = JSON.stringify({ model: slug, messages });
    expect((await post(body, { cookie })).status).toBe(200);
    await database().user.update({ where: { id: lab.tenant.owner.user.id }, data: { passwordHash: 'another' } });
    expect((await post(body, { cookie })).status).toBe(401);
  });

  it('may ask an older release by session; a key’s header is ignored', async () => {
    const agent = await lab.agent();
    const [first] = (await lab.agents.get(lab.actor, agent.id)).releases;
    await lab.release(agent.id, { baseModel: { connectionId: lab.connectionId, id: OTHER_MODEL } });
    const token = await sessionToken();
    const ask = async (headers: Record<string, string>) => {
      const response = await post(JSON.stringify({ model: agent.slug, messages }), {
        ...{ ...headers, 'x-tuneloop-playground': first?.id ?? '' },
      });
      const { choices } = (await response.json()) as OpenAI.ChatCompletion;
      return choices[0]?.message.content;
    };
    expect(await ask({ cookie: `next-auth.session-token=${token}` })).toContain(MODEL);
    expect(await ask({ authorization: `Bearer ${key}` })).toContain(OTHER_MODEL);
    const sources = await database().conversation.findMany({ where: { agentId: agent.id }, orderBy: { id: 'asc' } });
    expect(sources.map(({ source }) => source)).toEqual(['playground', 'api']);
  });

  it('does not let a session stand in for a key that opens nothing', async () => {
    const token = await sessionToken();
    const headers = { cookie: `next-auth.session-token=${token}`, authorization: 'Bearer tl_revoked' };
    expect((await post(JSON.stringify({ model: slug, messages }), headers)).status).toBe(401);
  });
});
