import OpenAI from 'openai';
import { classifyFailure, type FailureContext } from '../../classify-failure';
import type { ProviderSettings } from '../../provider-settings';
import type { CallOptions } from '../training-port';
import { fieldsOf } from './loose';

/** One page of any of OpenAI's lists, before anything is trusted. */
export interface RawPage {
  data: unknown[];
  hasMore: boolean;
}

interface CallRequest extends CallOptions {
  /** See FailureContext. */
  operation: string;
  hasEffect?: boolean;
  /** Until the whole answer is here. Default: the client's. */
  withinMs?: number;
}

export interface OpenAiClient {
  sdk: OpenAI;
  /** Runs one SDK call with a deadline, and turns whatever it throws into a ProviderFailure. */
  call<T>(request: CallRequest, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** GET of a list, read loosely: servers that only resemble OpenAI leave fields out. */
  page(operation: string, path: string, query: Record<string, unknown>, options?: CallOptions): Promise<RawPage>;
}

/**
 * The official SDK with everything that it would otherwise take from the environment set by hand, and with retries off:
 * it repeats POSTs by default (time-outs, 408, 409, 429, 5xx), and a repeated create is a second bill. Redirects are not
 * followed: a POST would be sent again, and the key would travel to an address that nobody typed.
 */
export function makeClient(settings: ProviderSettings, provider: string, answerWithinMs: number): OpenAiClient {
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
  const secrets = settings.apiKey ? [settings.apiKey] : [];

  const call: OpenAiClient['call'] = async ({ operation, hasEffect = false, withinMs, signal }, work) => {
    const context: FailureContext = { operation, provider, secrets, hasEffect };
    const ms = withinMs ?? answerWithinMs;
    // The SDK's own time-out ends with the headers; an answer that stops half way would hold us for ever.
    const deadline = AbortSignal.timeout(ms);
    try {
      return await work(signal ? AbortSignal.any([signal, deadline]) : deadline);
    } catch (error) {
      const late = deadline.aborted && !signal?.aborted;
      throw classifyFailure(late ? new Error(`no complete answer within ${ms / 1000} s`) : error, context);
    }
  };

  return {
    sdk,
    call,
    page: (operation, path, query, options) =>
      call({ operation, ...options }, async (signal) => {
        const body = fieldsOf(await sdk.get(path, { query, signal }));
        if (!Array.isArray(body.data))
          throw new Error('the answer is no list: is this the address of an OpenAI-shaped API?');
        return { data: body.data, hasMore: body.has_more === true };
      }),
  };
}
