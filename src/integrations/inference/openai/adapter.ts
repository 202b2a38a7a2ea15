import OpenAI from 'openai';
import { classifyFailure } from '../../classify-failure';
import type { ProviderSettings } from '../../provider-settings';
import type { CompletionDelta, CompletionRequest, InferenceFactory, InferenceProvider } from '../inference-port';
import { toChatBody, toCompletion, toDelta } from './mapping';

const ANSWER_WITHIN_MS = 120_000;

/** How one OpenAI-shaped server differs from the others when it answers. */
interface InferenceProfile {
  name: string;
  maxTokensKey: 'max_completion_tokens' | 'max_tokens';
}

export const openAiAnswers: InferenceProfile = { name: 'OpenAI', maxTokensKey: 'max_completion_tokens' };
export const builtinAnswers: InferenceProfile = { name: 'The built-in trainer', maxTokensKey: 'max_tokens' };
export const openAiCompatibleAnswers: InferenceProfile = { name: 'The provider', maxTokensKey: 'max_tokens' };

/**
 * Answers of everything that speaks OpenAI's `chat/completions`. No retries: a repeated call is a second bill and a
 * second wait, and the caller knows best whether it is worth it. Redirects are not followed, so the key stays put.
 */
export const openAiInference =
  (profile: InferenceProfile): InferenceFactory =>
  (settings) => {
    const sdk = new OpenAI({
      // Local servers need no key, but the SDK refuses to start without one.
      apiKey: settings.apiKey || 'none',
      adminAPIKey: null,
      baseURL: settings.baseUrl,
      organization: settings.organization ?? null,
      project: settings.project ?? null,
      webhookSecret: null,
      maxRetries: 0,
      logLevel: 'off',
      fetchOptions: { redirect: 'manual' },
    });
    return makeInference(sdk, profile, settings);
  };

function makeInference(sdk: OpenAI, profile: InferenceProfile, settings: ProviderSettings): InferenceProvider {
  const secrets = settings.apiKey ? [settings.apiKey] : [];
  /** What went wrong, in the port's words: the caller's own reason when the caller gave up. */
  const thrownFor = (error: unknown, request: CompletionRequest, patience: Patience): unknown => {
    if (request.signal?.aborted) return request.signal.reason;
    const cause = patience.over ? new Error(`nothing came for ${patience.ms / 1000} s`) : error;
    return classifyFailure(cause, { operation: `ask ${request.model}`, provider: profile.name, secrets });
  };

  return {
    complete: async (request) => {
      const started = performance.now();
      const patience = new Patience(request);
      try {
        const body = toChatBody(request, profile.maxTokensKey);
        const answer = await sdk.post('/chat/completions', patience.options(body));
        return toCompletion(answer, request.model, Math.round(performance.now() - started));
      } catch (error) {
        throw thrownFor(error, request, patience);
      } finally {
        patience.end();
      }
    },

    stream: async function* (request): AsyncGenerator<CompletionDelta> {
      const patience = new Patience(request);
      try {
        const body = toChatBody(request, profile.maxTokensKey);
        const streamed = { ...body, stream: true, stream_options: { include_usage: true } };
        const options = { ...patience.options(streamed), stream: true };
        const chunks = await sdk.post<AsyncIterable<unknown>>('/chat/completions', options);
        let told = false;
        for await (const chunk of chunks) {
          patience.renew();
          const piece = toDelta(chunk);
          told ||= piece !== null;
          if (piece) yield piece;
        }
        // The SDK ends a stream quietly when its consumer's signal was aborted.
        request.signal?.throwIfAborted();
        if (patience.over || !told) throw new Error('the stream ended without an answer');
      } catch (error) {
        throw thrownFor(error, request, patience);
      } finally {
        // Also when the consumer walks away: the provider's request must not go on.
        patience.end();
      }
    },
  };
}

/** Ends the request when nothing has come for too long, when the caller gives up, or when nobody reads on. */
class Patience {
  readonly ms: number;
  over = false;
  private readonly stop = new AbortController();
  private readonly callers: AbortSignal | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly onAbort = () => this.stop.abort();

  constructor({ signal, timeoutMs }: CompletionRequest) {
    this.ms = timeoutMs ?? ANSWER_WITHIN_MS;
    this.callers = signal;
    if (signal?.aborted) this.stop.abort();
    signal?.addEventListener('abort', this.onAbort);
    this.renew();
  }

  options(body: Record<string, unknown>) {
    return { body, signal: this.stop.signal, timeout: this.ms + 1000 };
  }

  renew(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.over = true;
      this.stop.abort();
    }, this.ms);
  }

  end(): void {
    clearTimeout(this.timer);
    this.callers?.removeEventListener('abort', this.onAbort);
    this.stop.abort();
  }
}
