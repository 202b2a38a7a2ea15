import type { AgentParameters } from './agent.schema';
import type { ChatCompletionInput, ChatMessageInput } from './chat.schema';

/** Text of a message's content, whichever of OpenAI's forms it has; parts that are not text are named, not dropped. */
export function textOf(content: ChatMessageInput['content']): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => (typeof part.text === 'string' ? part.text : `[${part.type}]`)).join('');
}

/**
 * What the model is sent: the release's system prompt first, then the caller's messages. A caller's own system message
 * stays, after ours, so that an agent keeps its character and a caller can still add context.
 */
export function promptOf(systemPrompt: string, messages: ChatMessageInput[]): ChatMessageInput[] {
  return systemPrompt.trim() === '' ? messages : [{ role: 'system', content: systemPrompt }, ...messages];
}

/** A caller's value wins over the release's; null means "not given", as in OpenAI's API. */
export function samplingOf(parameters: AgentParameters, input: ChatCompletionInput) {
  return {
    temperature: input.temperature ?? parameters.temperature,
    topP: input.top_p ?? parameters.topP,
    maxTokens: input.max_completion_tokens ?? input.max_tokens ?? parameters.maxTokens,
  };
}

interface StoredMessage {
  role: string;
  content: string;
  raw?: unknown;
}

/**
 * One conversation as a line of OpenAI chat JSONL, or null when there is no answer to learn from.
 * The agent's system prompt is part of it: the tuned model should answer as the agent did.
 */
export function toTrainingLine(systemPrompt: string, messages: readonly StoredMessage[]): string | null {
  const kept = messages.filter((message) => message.content.trim() !== '' || message.raw);
  if (!kept.some((message) => message.role === 'user') || kept.at(-1)?.role !== 'assistant') return null;
  const chat = kept.map(({ role, content, raw }) => (raw && typeof raw === 'object' ? raw : { role, content }));
  const withPrompt = systemPrompt.trim() === '' ? chat : [{ role: 'system', content: systemPrompt }, ...chat];
  return JSON.stringify({ messages: withPrompt });
}

/** A slug for a name nobody chose one for. @returns a valid slug of at most 60 characters */
export function slugFrom(name: string): string {
  const slug = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return slug.length >= 2 ? slug : 'agent';
}
