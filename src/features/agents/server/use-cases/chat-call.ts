import type { CompletionUsage, ToolCall } from '@/integrations/inference/inference-port';
import type { Actor } from '@/lib/actor';
import type { ReleaseSummary } from '../../agent.schema';
import type { ChatCompletionInput } from '../../chat.schema';

export interface ChatRequest {
  input: ChatCompletionInput;
  source: 'api' | 'playground';
  /** Another release than the active one: the playground compares them. */
  releaseId?: string | undefined;
  /** Aborted when the caller hangs up: the provider's request is then closed too. */
  signal: AbortSignal;
}

/** One question that is on its way to a model: who asks, which agent and release answers. */
export interface Call {
  actor: Actor;
  request: ChatRequest;
  release: ReleaseSummary;
  conversationId: string;
  agent: { id: string; slug: string; keep: boolean };
  connectionKind: string;
}

/** How the answer ended, with what had come until then. */
export interface Outcome {
  status: 'ok' | 'error' | 'interrupted';
  error: string | null;
  content: string;
  toolCalls: ToolCall[];
  usage: CompletionUsage | null;
  latencyMs: number;
}
