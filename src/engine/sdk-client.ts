import { type Answer, readAnswer } from './answer';
import type { EngineFunction } from './function-registry';
import { type CallInput, callBody, type FunctionConfig, type JsonObject, registrationSchema } from './protocol';
import { signRequest } from './signature';

export interface SdkClientOptions {
  /** The app's serve endpoint: in process, or a fetch to its URL. */
  handler: (request: Request) => Promise<Response>;
  /** Address the SDK believes it is served at. Never fetched by the engine itself. */
  appUrl: string;
  /** Requests are signed when given (cloud mode). */
  signingKey: string | undefined;
  callTimeoutMs: number;
}

/** Speaks to the SDK like the Inngest server does: registers in band, calls functions, signs both. */
export class SdkClient {
  constructor(private readonly options: SdkClientOptions) {}

  private async send(method: 'PUT' | 'POST', search: string, body: JsonObject, more: Record<string, string>) {
    const { appUrl, signingKey, handler, callTimeoutMs } = this.options;
    const url = new URL(appUrl);
    url.search = search;
    const headers = new Headers({ host: url.host, 'content-type': 'application/json', ...more });
    if (signingKey) headers.set('x-inngest-signature', signRequest(body, signingKey, Date.now()));
    const request = new Request(url, { method, headers, body: JSON.stringify(body) });
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`No answer within ${callTimeoutMs} ms`)), callTimeoutMs);
    });
    try {
      return await Promise.race([
        (async () => {
          const response = await handler(request);
          return { status: response.status, headers: response.headers, text: await response.text() };
        })(),
        timeout,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** @throws Error when the endpoint does not answer like the SDK */
  async register(): Promise<FunctionConfig[]> {
    const { status, text } = await this.send(
      'PUT',
      '',
      { url: this.options.appUrl },
      { 'x-inngest-sync-kind': 'in_band', 'x-inngest-server-kind': this.options.signingKey ? 'cloud' : 'dev' },
    );
    if (status !== 200)
      throw new Error(
        `The function endpoint answered its registration with ${status}: ${text.slice(0, 300)}. ` +
          'Check that the engine and the Inngest client have the same signing key.',
      );
    return registrationSchema.parse(JSON.parse(text)).functions;
  }

  async call(fn: EngineFunction, input: CallInput): Promise<Answer> {
    const search = new URLSearchParams({ fnId: fn.id, stepId: input.stepId }).toString();
    const { status, headers, text } = await this.send('POST', search, callBody(input), {
      'x-inngest-req-version': '-1',
      'x-run-id': input.runId,
    });
    return readAnswer(status, headers, text, Date.now());
  }
}
