import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { FakeError } from './errors';
import { type FakeState, newId } from './state';

const body = z.object({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  max_completion_tokens: z.number().int().min(1).nullish(),
  tools: z.array(z.object({ type: z.literal('function'), function: z.looseObject({ name: z.string() }) })).optional(),
  tool_choice: z.unknown().optional(),
});

type Body = z.infer<typeof body>;

/** `/v1/chat/completions`: echoes the last message; calls the first tool when `tool_choice` is `required`. */
export function chatRoutes(state: FakeState, models: () => string[]) {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.post('/', async (c) => {
    const parsed = body.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) throw new FakeError(400, `Invalid request: ${parsed.error.issues[0]?.message}`);
    const request = parsed.data;
    if (!models().includes(request.model)) {
      const message = `The model \`${request.model}\` does not exist or you do not have access to it.`;
      throw new FakeError(404, message, null, 'model_not_found');
    }
    const head = { id: newId('chatcmpl-'), created: state.now, model: request.model };
    const reply = replyTo(request);
    if (!request.stream) {
      const choices = [{ index: 0, message: reply.message, finish_reason: reply.finish, logprobs: null }];
      return c.json({ ...head, object: 'chat.completion', choices, usage: reply.usage });
    }
    const chunk = (delta: object | null, more: object = {}) => {
      const choices = delta ? [{ index: 0, delta, finish_reason: null, logprobs: null, ...more }] : [];
      return { ...head, object: 'chat.completion.chunk', choices, ...(delta ? {} : more) };
    };
    const cutAfter = state.cutAfterWords;
    state.cutAfterWords = null;
    return streamSSE(c, async (stream) => {
      stream.onAbort(() => void state.abandonedAnswers++);
      const send = (data: object) => stream.writeSSE({ data: JSON.stringify(data) });
      await send(chunk({ role: 'assistant', content: '' }));
      for (const [place, word] of reply.words.entries()) {
        if (stream.aborted) return;
        if (place === cutAfter) {
          // What was written has to leave first: a real cut is seen by somebody who has read the words before it.
          await stream.sleep(20);
          c.env.incoming.socket.destroy();
          return;
        }
        await send(chunk({ content: word }));
        await stream.sleep(state.wordTakesMs);
      }
      for (const call of reply.callPieces) await send(chunk({ tool_calls: [call] }));
      await send(chunk({}, { finish_reason: reply.finish }));
      if (request.stream_options?.include_usage) await send(chunk(null, { usage: reply.usage }));
      await stream.writeSSE({ data: '[DONE]' });
    });
  });
  return routes;
}

function replyTo(request: Body) {
  const asked = request.messages.at(-1)?.content;
  const text = typeof asked === 'string' ? asked : JSON.stringify(asked);
  const tool = request.tool_choice === 'required' ? request.tools?.[0] : undefined;
  const all = tool ? [] : `${request.model} heard: ${text}`.split(/(?<= )/);
  const words = all.slice(0, request.max_completion_tokens ?? all.length);
  const call = tool && {
    id: newId('call_'),
    type: 'function',
    function: { name: tool.function.name, arguments: JSON.stringify({ heard: text }) },
  };
  const cut = words.length < all.length;
  const prompt = JSON.stringify(request.messages).length;
  return {
    words,
    // The arguments come in two pieces, as real ones do.
    callPieces: call
      ? [
          { index: 0, ...call, function: { name: call.function.name, arguments: '{"heard":' } },
          { index: 0, function: { arguments: call.function.arguments.slice('{"heard":'.length) } },
        ]
      : [],
    message: { role: 'assistant', content: call ? null : words.join(''), ...(call && { tool_calls: [call] }) },
    finish: call ? 'tool_calls' : cut ? 'length' : 'stop',
    usage: {
      prompt_tokens: prompt,
      completion_tokens: words.length,
      total_tokens: prompt + words.length,
      prompt_tokens_details: { cached_tokens: 5 },
    },
  };
}
