import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { errorBody } from './errors';

/** Names of what can be called, for the fault dial and the request log. */
export type Call =
  | 'files.create'
  | 'files.get'
  | 'files.delete'
  | 'jobs.create'
  | 'jobs.list'
  | 'jobs.get'
  | 'jobs.cancel'
  | 'jobs.events'
  | 'jobs.checkpoints'
  | 'models.list'
  | 'chat'
  | 'other';

/** What goes wrong. `before` = the request has no effect; `after` = it has, and only the answer is lost. */
export type Fault =
  /** No answer ever comes. */
  | { kind: 'hang'; when: 'before' | 'after' }
  /** The connection is cut. */
  | { kind: 'drop'; when: 'before' | 'after' }
  /** Any status with any body. Without a body: what a gateway in between says, as HTML. */
  | { kind: 'status'; status: number; when: 'before' | 'after'; body?: unknown; headers?: Record<string, string> }
  | { kind: 'rate_limit'; retryAfterSeconds: number }
  | { kind: 'insufficient_quota' }
  /** Head and first bytes of an answer, then silence. */
  | { kind: 'stall' }
  /** 200 and a web page: a captive portal, or the wrong address. */
  | { kind: 'garbage' }
  /** An error text that quotes the whole key, as some look-alikes do. */
  | { kind: 'echo_key' };

export interface FaultDial {
  /** The next call of this name meets the fault; several wait in line. */
  next(call: Call, ...faults: Fault[]): void;
  /** Every call of this name, until it is set to null. */
  always(call: Call, fault: Fault | null): void;
}

type Env = { Bindings: HttpBindings };

export function makeFaults() {
  const waiting = new Map<Call, Fault[]>();
  const standing = new Map<Call, Fault>();
  const dial: FaultDial = {
    next: (call, ...faults) => void waiting.set(call, [...(waiting.get(call) ?? []), ...faults]),
    always: (call, fault) => void (fault ? standing.set(call, fault) : standing.delete(call)),
  };
  const middleware: MiddlewareHandler<Env> = async (c, next) => {
    const call = callOf(c.req.method, c.req.path);
    const fault = waiting.get(call)?.shift() ?? standing.get(call);
    if (!fault) return next();
    if ('when' in fault && fault.when === 'after') await next();
    const answer = await answerWith(c, fault);
    c.res = undefined; // or the headers of the answer that was made already would stay
    c.res = answer;
  };
  return { dial, middleware };
}

function answerWith(c: Context<Env>, fault: Fault): Response | Promise<Response> {
  switch (fault.kind) {
    case 'hang':
      return new Promise<Response>(() => undefined);
    case 'drop':
      c.env.incoming.socket.destroy();
      return new Promise<Response>(() => undefined);
    case 'status': {
      const body = fault.body === undefined ? '<html><h1>Bad gateway</h1></html>' : JSON.stringify(fault.body);
      const type = fault.body === undefined ? 'text/html' : 'application/json';
      return new Response(body, { status: fault.status, headers: { 'content-type': type, ...fault.headers } });
    }
    case 'rate_limit': {
      const body = errorBody('Rate limit reached for requests.', 'requests', null, 'rate_limit_exceeded');
      return json(body, 429, { 'retry-after': String(fault.retryAfterSeconds) });
    }
    case 'insufficient_quota': {
      const message = 'You exceeded your current quota, please check your plan and billing details.';
      return json(errorBody(message, 'insufficient_quota', null, 'insufficient_quota'), 429);
    }
    case 'stall':
      return new Response(new ReadableStream({ start: (to) => to.enqueue(Buffer.from('{"id":"')) }), {
        headers: { 'content-type': 'application/json' },
      });
    case 'garbage':
      return new Response('<html><body>Please sign in to the network.</body></html>', {
        headers: { 'content-type': 'text/html' },
      });
    case 'echo_key': {
      const message = `Incorrect API key provided: ${c.req.header('authorization')?.slice('Bearer '.length)}.`;
      return json(errorBody(message, 'invalid_request_error', null, 'invalid_api_key'), 401);
    }
  }
}

const json = (body: object, status: number, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

const PATHS: [RegExp, Call][] = [
  [/^POST \/v1\/files$/, 'files.create'],
  [/^GET \/v1\/files\/[^/]+$/, 'files.get'],
  [/^DELETE \/v1\/files\/[^/]+$/, 'files.delete'],
  [/^POST \/v1\/fine_tuning\/jobs$/, 'jobs.create'],
  [/^GET \/v1\/fine_tuning\/jobs$/, 'jobs.list'],
  [/^GET \/v1\/fine_tuning\/jobs\/[^/]+$/, 'jobs.get'],
  [/^POST \/v1\/fine_tuning\/jobs\/[^/]+\/cancel$/, 'jobs.cancel'],
  [/^GET \/v1\/fine_tuning\/jobs\/[^/]+\/events$/, 'jobs.events'],
  [/^GET \/v1\/fine_tuning\/jobs\/[^/]+\/checkpoints$/, 'jobs.checkpoints'],
  [/^GET \/v1\/models$/, 'models.list'],
  [/^POST \/v1\/chat\/completions$/, 'chat'],
];

export const callOf = (method: string, path: string): Call =>
  PATHS.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1] ?? 'other';
