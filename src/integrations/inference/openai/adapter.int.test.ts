import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeOpenAi, startFakeOpenAi } from '@/testing/providers/openai/fake-openai';
import type { Fault } from '@/testing/providers/openai/faults';
import { isProviderFailure } from '../../provider-failure';
import type { CompletionDelta, InferenceProvider } from '../inference-port';
import { openAiAnswers, openAiInference } from './adapter';

const model = 'gpt-4.1-mini-2025-04-14';
const messages = [{ role: 'user' as const, content: 'one two three' }];
const tools = [{ type: 'function', function: { name: 'listen', parameters: { type: 'object' } } }];

async function collect(stream: AsyncIterable<CompletionDelta>): Promise<CompletionDelta[]> {
  const pieces: CompletionDelta[] = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe('OpenAI-shaped answers', () => {
  let fake: FakeOpenAi;
  let inference: InferenceProvider;
  beforeAll(async () => {
    fake = await startFakeOpenAi();
    inference = openAiInference(openAiAnswers)(fake);
  });
  afterAll(() => fake.close());

  it('answers at once, with usage', async () => {
    const answer = await inference.complete({ model, messages });
    expect(answer.message).toEqual({ role: 'assistant', content: `${model} heard: one two three` });
    expect(answer).toMatchObject({
      model,
      finishReason: 'stop',
      usage: { completionTokens: 5, cachedPromptTokens: 5 },
    });
    expect(answer.latencyMs).toBeGreaterThanOrEqual(0);
  });

  it('streams the same words, and the usage with the last piece', async () => {
    const pieces = await collect(inference.stream({ model, messages }));
    expect(pieces.map(({ content }) => content ?? '').join('')).toBe(`${model} heard: one two three`);
    expect(pieces.filter(({ finishReason }) => finishReason)).toEqual([{ finishReason: 'stop' }]);
    expect(pieces.at(-1)?.usage).toMatchObject({ completionTokens: 5 });
  });

  it('keeps to the bound of tokens', async () => {
    expect(await inference.complete({ model, messages, maxTokens: 2 })).toMatchObject({ finishReason: 'length' });
  });

  it('passes tool calls on, whole and in pieces', async () => {
    const request = { model, messages, tools, toolChoice: 'required' };
    const { message, finishReason } = await inference.complete(request);
    expect(finishReason).toBe('tool_calls');
    expect(message.content).toBeNull();
    expect(message.tool_calls?.[0]?.function).toEqual({ name: 'listen', arguments: '{"heard":"one two three"}' });
    const pieces = (await collect(inference.stream(request))).flatMap(({ toolCalls }) => toolCalls ?? []);
    expect(pieces[0]).toMatchObject({ index: 0, name: 'listen', id: expect.stringMatching(/^call_/) });
    expect(pieces.map((piece) => piece.arguments).join('')).toBe('{"heard":"one two three"}');
  });

  it('throws the reason of the caller who gives up, and closes the request', async () => {
    fake.state.wordTakesMs = 50;
    const giveUp = new AbortController();
    const reason = new Error('the caller hung up');
    let words = 0;
    const error = await thrownBy(
      (async () => {
        for await (const _ of inference.stream({ model, messages, signal: giveUp.signal })) {
          if (++words === 2) giveUp.abort(reason);
        }
      })(),
    );
    fake.state.wordTakesMs = 0;
    expect(error).toBe(reason);
    expect(words).toBe(2);
    expect(await thrownBy(inference.complete({ model, messages, signal: AbortSignal.abort(reason) }))).toBe(reason);
  });

  it('closes the request of a consumer who walks away', async () => {
    let closed: (() => void) | undefined;
    const over = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const server = createServer((_request, response) => {
      response.on('close', () => closed?.());
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"choices":[{"index":0,"delta":{"content":"endless"}}]}\n\n');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const endless = openAiInference(openAiAnswers)({ baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: '' });
    for await (const piece of endless.stream({ model, messages })) {
      expect(piece.content).toBe('endless');
      break;
    }
    await over;
    server.close();
  });

  const faults: [Fault, string][] = [
    [{ kind: 'hang', when: 'before' }, 'transient'],
    [{ kind: 'stall' }, 'transient'],
    [{ kind: 'drop', when: 'before' }, 'transient'],
    [{ kind: 'garbage' }, 'transient'],
    [{ kind: 'status', status: 500, when: 'before' }, 'transient'],
    [{ kind: 'rate_limit', retryAfterSeconds: 3 }, 'rate_limit'],
    [{ kind: 'insufficient_quota' }, 'quota'],
    [{ kind: 'echo_key' }, 'auth'],
    [
      { kind: 'status', status: 307, when: 'before', body: {}, headers: { location: 'http://127.0.0.1:9/' } },
      'invalid',
    ],
  ];
  it.each(faults)('says what %j means, whole and streamed, without the key', async (fault, kind) => {
    fake.faults.next('chat', fault, fault);
    fake.requests.length = 0;
    const request = { model, messages, timeoutMs: 300 };
    for (const work of [() => inference.complete(request), () => collect(inference.stream(request))]) {
      const error = await thrownBy(work());
      expect(isProviderFailure(error) && error.class).toBe(kind);
      expect(`${error}${JSON.stringify(error)}`).not.toContain(fake.apiKey);
    }
    expect(fake.requests).toHaveLength(2);
  });

  it('knows a model that is not there', async () => {
    const error = await thrownBy(inference.complete({ model: 'ft:gone', messages }));
    expect(isProviderFailure(error) && error.class).toBe('not_found');
  });
});
