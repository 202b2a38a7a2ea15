import { randomBytes, randomInt } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { log } from '../log';
import type { GenerationEnd, GenerationRequest } from '../serving/generation-messages';
import type { GenerationService } from '../serving/generation-service';
import type { ModelCatalog } from '../serving/model-catalog';
import { chatMessages } from '../training/chat-data';
import { ApiError, parseRequest } from './api-error';
import { readJsonBody } from './json-body';

// the model is small and easily led astray: OpenAI's default of 1 makes it babble
const DEFAULT_TEMPERATURE = 0.7;

const chatBody = z.object({
  model: z.string(),
  messages: chatMessages,
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  max_tokens: z.number().int().min(1).nullish(),
  max_completion_tokens: z.number().int().min(1).nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(4)]).nullish(),
  seed: z.number().int().nullish(),
  n: z.literal(1, 'only one choice can be made').nullish(),
  tools: z.array(z.unknown()).max(0, 'is not supported by this trainer').nullish(),
  logprobs: z.literal(false, 'is not supported by this trainer').nullish(),
});

type ChatBody = z.infer<typeof chatBody>;

/** `/v1/chat/completions`, streaming and not. */
export function chatRoutes(catalog: ModelCatalog, generation: GenerationService) {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.post('/', async (c) => {
    const body = parseRequest(chatBody, await readJsonBody(c.req.raw));
    const model = catalog.find(body.model);
    if (!model) throw new ApiError(404, `The model "${body.model}" does not exist here.`, 'model_not_found', 'model');
    const request = generationRequest(body, model.checkpoint);
    const head = {
      id: `chatcmpl-${randomBytes(12).toString('hex')}`,
      created: Math.floor(Date.now() / 1000),
      model: body.model,
    };
    const { signal } = c.req.raw;
    if (!body.stream) {
      let content = '';
      const end = await generation.generate(request, (text) => (content += text), signal);
      const message = { role: 'assistant', content, refusal: null };
      const choices = [{ index: 0, message, logprobs: null, finish_reason: end.finish }];
      return c.json({ ...head, object: 'chat.completion', choices, usage: usage(end), system_fingerprint: null });
    }

    const abort = new AbortController();
    const chunk = (choices: unknown[], more: object = {}) =>
      JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...more });
    const delta = (content: object, finish: string | null = null) =>
      chunk([{ index: 0, delta: content, logprobs: null, finish_reason: finish }]);
    // what is wrong with the request must still become a status: so the first text is awaited before the head is sent
    const pieces = new Pieces();
    const ended = generation.generate(request, (text) => pieces.push(text), AbortSignal.any([signal, abort.signal]));
    ended.then(
      () => pieces.close(),
      () => pieces.close(),
    );
    const first = await pieces.next();
    if (first === null) await ended;
    return streamSSE(c, async (stream) => {
      stream.onAbort(() => abort.abort());
      try {
        await stream.writeSSE({ data: delta({ role: 'assistant', content: '' }) });
        for (let text = first; text !== null; text = await pieces.next()) {
          await stream.writeSSE({ data: delta({ content: text }) });
        }
        const end = await ended;
        await stream.writeSSE({ data: delta({}, end.finish) });
        if (body.stream_options?.include_usage) await stream.writeSSE({ data: chunk([], { usage: usage(end) }) });
        await stream.writeSSE({ data: '[DONE]' });
      } catch (error) {
        if (abort.signal.aborted) return;
        log('warn', 'a streamed reply broke off', { error: String(error) });
        const failure = error instanceof ApiError ? error : new ApiError(500, 'The reply broke off.');
        await stream.writeSSE({ data: JSON.stringify(failure.body()) });
      }
    });
  });
  return routes;
}

function generationRequest(body: ChatBody, checkpoint: string): GenerationRequest {
  return {
    checkpoint,
    messages: body.messages,
    temperature: body.temperature ?? DEFAULT_TEMPERATURE,
    topP: body.top_p ?? 1,
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? null,
    stop: typeof body.stop === 'string' ? [body.stop] : (body.stop ?? []),
    seed: body.seed ?? randomInt(2 ** 31),
  };
}

function usage(end: GenerationEnd) {
  return {
    prompt_tokens: end.promptTokens,
    completion_tokens: end.completionTokens,
    total_tokens: end.promptTokens + end.completionTokens,
  };
}

/** Pieces of text between the thread that makes them and the stream that sends them. */
class Pieces {
  private readonly ready: string[] = [];
  private closed = false;
  private wake: () => void = () => undefined;

  push(text: string): void {
    this.ready.push(text);
    this.wake();
  }

  close(): void {
    this.closed = true;
    this.wake();
  }

  /** All text that has come since the last call; null at the end. */
  async next(): Promise<string | null> {
    while (this.ready.length === 0 && !this.closed) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.ready.length > 0 ? this.ready.splice(0).join('') : null;
  }
}
