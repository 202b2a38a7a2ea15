import OpenAI from 'openai';
import { classifyFailure } from '../../classify-failure';
import type { ProviderSettings } from '../../provider-settings';

const READ_TIMEOUT_MS = 15_000;

/** One page of any of OpenAI's lists, before anything is trusted. */
export interface RawPage {
  data: unknown[];
  hasMore: boolean;
}

export interface OpenAiClient {
  sdk: OpenAI;
  settings: ProviderSettings;
  /** Runs one SDK call and turns whatever it throws into a ProviderFailure. `hasEffect`: see classifyFailure. */
  call<T>(operation: string, work: () => Promise<T>, options?: { hasEffect?: boolean }): Promise<T>;
  /** GET of a list, read loosely: servers that only resemble OpenAI leave fields out. */
  page(operation: string, path: string, query: Record<string, unknown>, signal?: AbortSignal): Promise<RawPage>;
}

/**
 * The official SDK with everything that it would otherwise take from the environment set by hand, and with retries off:
 * it repeats POSTs by default (time-outs, 408, 409, 429, 5xx), and a repeated create is a second bill.
 */
export function makeClient(settings: ProviderSettings, providerName: string): OpenAiClient {
  const sdk = new OpenAI({
    // Local servers need no key, but the SDK refuses to start without one.
    apiKey: settings.apiKey || 'none',
    adminAPIKey: null,
    baseURL: settings.baseUrl,
    organization: settings.organization ?? null,
    project: settings.project ?? null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: READ_TIMEOUT_MS,
    logLevel: 'off',
  });
  const secrets = settings.apiKey ? [settings.apiKey] : [];
  const call: OpenAiClient['call'] = async (operation, work, options) => {
    try {
      return await work();
    } catch (error) {
      throw classifyFailure(error, {
        operation,
        provider: providerName,
        secrets,
        ...(options?.hasEffect === undefined ? {} : { hasEffect: options.hasEffect }),
      });
    }
  };
  return {
    sdk,
    settings,
    call,
    page: (operation, path, query, signal) =>
      call(operation, async () => {
        const body: unknown = await sdk.get(path, { query, maxRetries: 1, ...(signal ? { signal } : {}) });
        const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
        if (!Array.isArray(fields.data))
          throw new Error('the answer is no list: is this the address of an OpenAI-shaped API?');
        return { data: fields.data, hasMore: fields.has_more === true };
      }),
  };
}
