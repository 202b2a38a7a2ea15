import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inngest, type InngestFunction } from 'inngest';
import { serve } from 'inngest/edge';
import { createEngine, type Engine, type EngineOptions } from './engine';
import type { Json } from './protocol';

type Create = Inngest['createFunction'];
type Options = Omit<Parameters<Create>[0], 'triggers'> & { triggers?: Parameters<Create>[0]['triggers'] };
type Handler = Parameters<Create>[1];

export interface Lab {
  client: Inngest;
  signingKey: string;
  /** Defines a function of the app under test. Triggered by `c/<id>` and never retried unless it says otherwise. */
  fn(options: Options, handler: Handler): InngestFunction.Any;
  /** What the code under test saw, by key (`event.data.k`). */
  log(key: string, value: unknown): void;
  seen(key: string): unknown[];
  /** Sends `c/<id>` with a key of its own, and returns the key. */
  send(id: string, data?: Record<string, Json>, more?: { id?: string; user?: object; v?: string }): Promise<string>;
  until(condition: () => boolean, ms?: number): Promise<void>;
  untilSeen(key: string, count: number, ms?: number): Promise<unknown[]>;
  handler: (request: Request) => Promise<Response>;
  engine: () => Engine;
  start(options: Pick<EngineOptions, 'connectionString'> & Partial<EngineOptions>): Promise<void>;
  stop(): Promise<void>;
}

/** A small Inngest app in cloud mode with an engine behind it, and a notebook of what its functions saw. */
export function createLab(id = 'conf'): Lab {
  const signingKey = `signkey-test-${randomBytes(16).toString('hex')}`;
  const functions: InngestFunction.Any[] = [];
  const notes = new Map<string, unknown[]>();
  let engine: Engine | null = null;
  let count = 0;
  const running = (): Engine => {
    if (!engine) throw new Error('The lab was not started');
    return engine;
  };
  const client = new Inngest({
    id,
    isDev: false,
    signingKey,
    eventKey: 'local',
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    fetch: (input, init) => running().fetch(input, init),
  });
  let handle: ((request: Request) => Promise<Response>) | null = null;
  const lab: Lab = {
    client,
    signingKey,
    fn: (options, handler) => {
      const made = client.createFunction(
        { retries: 0, triggers: [{ event: `c/${options.id}` }], ...options } as Parameters<Create>[0],
        handler,
      );
      functions.push(made);
      return made;
    },
    log: (key, value) => void notes.set(key, [...(notes.get(key) ?? []), value]),
    seen: (key) => notes.get(key) ?? [],
    send: async (name, data = {}, more = {}) => {
      const k = typeof data.k === 'string' ? data.k : `k${count++}`;
      await client.send({ name: `c/${name}`, data: { ...data, k }, ...more });
      return k;
    },
    until: async (condition, ms = 15_000) => {
      for (const end = Date.now() + ms; !condition() && Date.now() < end; ) await sleep(20);
    },
    untilSeen: async (key, n, ms) => {
      await lab.until(() => lab.seen(key).length >= n, ms);
      return lab.seen(key);
    },
    handler: (request) => {
      handle ??= serve({ client, functions });
      return handle(request);
    },
    engine: running,
    start: async (options) => {
      engine = createEngine({ handler: lab.handler, signingKey, retryDelayMs: () => 300, slots: 32, ...options });
      await engine.start();
    },
    stop: async () => engine?.stop(2000),
  };
  return lab;
}
