import type { ProviderSettings } from '../provider-settings';

/** Chat messages in OpenAI's wire shape: it is what datasets, agents and callers already hold. */
export interface ToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

export type ContentPart = { type: 'text'; text: string } | { type: string; [key: string]: unknown };

export interface ChatMessage {
  role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  content?: string | ContentPart[] | null;
  name?: string;
  tool_calls?: ToolCall[];
  tool_call_id?: string;
}

export interface CompletionRequest {
  model: string;
  messages: ChatMessage[];
  /** 0..2 */
  temperature?: number | undefined;
  /** 0..1 */
  topP?: number | undefined;
  /** Upper bound of generated tokens. */
  maxTokens?: number | undefined;
  stop?: string | string[] | undefined;
  seed?: number | undefined;
  presencePenalty?: number | undefined;
  frequencyPenalty?: number | undefined;
  /** Tools, tool choice and response format pass through in OpenAI's shape. */
  tools?: Record<string, unknown>[] | undefined;
  toolChoice?: string | Record<string, unknown> | undefined;
  responseFormat?: Record<string, unknown> | undefined;
  signal?: AbortSignal | undefined;
  /** Default 120 s until the whole answer; for streams until the first byte. */
  timeoutMs?: number | undefined;
}

export interface CompletionUsage {
  promptTokens: number;
  /** Part of promptTokens that was served from the provider's cache. */
  cachedPromptTokens: number;
  completionTokens: number;
}

export interface Completion {
  id: string;
  /** Model as the provider names it in the answer. */
  model: string;
  message: { role: 'assistant'; content: string | null; tool_calls?: ToolCall[] };
  finishReason: string | null;
  /** Null when the provider does not count. */
  usage: CompletionUsage | null;
  latencyMs: number;
}

/** One piece of a streamed answer. `usage` comes with the last piece where the provider counts. */
export interface CompletionDelta {
  content?: string;
  toolCalls?: { index: number; id?: string; name?: string; arguments?: string }[];
  finishReason?: string;
  usage?: CompletionUsage;
}

/** Answers with a model. Throws ProviderFailure; an aborted signal throws the signal's reason. */
export interface InferenceProvider {
  complete(request: CompletionRequest): Promise<Completion>;
  /** Ends early, without an error, when the consumer stops iterating; the provider's request is then closed. */
  stream(request: CompletionRequest): AsyncIterable<CompletionDelta>;
}

/** Which adapter serves which kind of connection. */
export type InferenceFactory = (settings: ProviderSettings) => InferenceProvider;
