import type { Completion, CompletionDelta, CompletionRequest, CompletionUsage, ToolCall } from '../inference-port';

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const countOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;

/**
 * Body of `POST /chat/completions`; what was not asked for is left to the provider.
 *
 * @param maxTokensKey OpenAI wants `max_completion_tokens` and refuses the older name for newer models; many look-alikes
 *   only know the older one
 */
export function toChatBody(request: CompletionRequest, maxTokensKey: 'max_completion_tokens' | 'max_tokens'): Fields {
  return {
    model: request.model,
    messages: request.messages,
    temperature: request.temperature,
    top_p: request.topP,
    [maxTokensKey]: request.maxTokens,
    stop: request.stop,
    seed: request.seed,
    presence_penalty: request.presencePenalty,
    frequency_penalty: request.frequencyPenalty,
    tools: request.tools?.length ? request.tools : undefined,
    tool_choice: request.tools?.length ? request.toolChoice : undefined,
    response_format: request.responseFormat,
  };
}

export function toUsage(raw: unknown): CompletionUsage | null {
  const usage = fieldsOf(raw);
  const promptTokens = countOf(usage.prompt_tokens);
  const completionTokens = countOf(usage.completion_tokens);
  if (promptTokens === null || completionTokens === null) return null;
  const cached = countOf(fieldsOf(usage.prompt_tokens_details).cached_tokens) ?? 0;
  return { promptTokens, completionTokens, cachedPromptTokens: Math.min(cached, promptTokens) };
}

/** @throws Error when there is no choice: then it is no answer */
export function toCompletion(raw: unknown, model: string, latencyMs: number): Completion {
  const answer = fieldsOf(raw);
  const [first] = listOf(answer.choices);
  if (first === undefined) throw new Error('the answer holds no choice: is this the address of an OpenAI-shaped API?');
  const choice = fieldsOf(first);
  const message = fieldsOf(choice.message);
  const calls = listOf(message.tool_calls).map(toToolCall);
  return {
    id: textOf(answer.id) ?? '',
    model: textOf(answer.model) ?? model,
    message: {
      role: 'assistant',
      content: textOf(message.content) ?? null,
      ...(calls.length > 0 && { tool_calls: calls }),
    },
    finishReason: textOf(choice.finish_reason) ?? null,
    usage: toUsage(answer.usage),
    latencyMs,
  };
}

function toToolCall(raw: unknown): ToolCall {
  const call = fieldsOf(raw);
  const { name, arguments: values } = fieldsOf(call.function);
  return {
    id: textOf(call.id) ?? '',
    type: 'function',
    function: { name: textOf(name) ?? '', arguments: textOf(values) ?? JSON.stringify(values ?? {}) },
  };
}

/** One chunk of a stream; null when it says nothing new (the first one of OpenAI only names the role). */
export function toDelta(raw: unknown): CompletionDelta | null {
  const chunk = fieldsOf(raw);
  const choice = fieldsOf(listOf(chunk.choices)[0]);
  const delta = fieldsOf(choice.delta);
  const content = textOf(delta.content);
  const finishReason = textOf(choice.finish_reason);
  const usage = toUsage(chunk.usage);
  const toolCalls = listOf(delta.tool_calls).map((each, place) => {
    const call = fieldsOf(each);
    const { name, arguments: values } = fieldsOf(call.function);
    return {
      index: countOf(call.index) ?? place,
      ...(textOf(call.id) && { id: String(call.id) }),
      ...(textOf(name) && { name: String(name) }),
      ...(textOf(values) !== undefined && { arguments: String(values) }),
    };
  });
  const piece: CompletionDelta = {
    ...(content ? { content } : {}),
    ...(toolCalls.length > 0 && { toolCalls }),
    ...(finishReason && { finishReason }),
    ...(usage && { usage }),
  };
  return Object.keys(piece).length > 0 ? piece : null;
}
