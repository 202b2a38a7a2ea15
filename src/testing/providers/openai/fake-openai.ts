import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { chatRoutes } from './chat-routes';
import { FakeError } from './errors';
import { type Call, callOf, type FaultDial, makeFaults } from './faults';
import { fileRoutes } from './file-routes';
import { type EventHabits, jobRoutes, TUNABLE } from './job-routes';
import { FakeState } from './state';

/** Answers, but cannot be tuned. */
const OTHER_MODELS = ['gpt-6-luna', 'text-embedding-3-small'];
const SHUTDOWN = '2027-01-14';

export interface FakeOpenAi {
  /** With `/v1`: what a connection's base URL holds. */
  baseUrl: string;
  apiKey: string;
  /** Jobs, files and the clock: `state.advance(10)` lets ten seconds pass. */
  state: FakeState;
  faults: FaultDial;
  habits: EventHabits;
  /** Every request that came in, in order, also those that met a fault. */
  requests: { call: Call; method: string; path: string }[];
  close(): Promise<void>;
}

export interface FakeOptions {
  apiKey?: string;
  /** 0 picks a free port. */
  port?: number;
}

/**
 * A stateful stand-in for OpenAI, written from its documented API (github.com/openai/openai-openapi). It trains nothing
 * and says so. Time stands still until a test moves it.
 */
export async function startFakeOpenAi(options: FakeOptions = {}): Promise<FakeOpenAi> {
  const apiKey = options.apiKey ?? 'sk-fake-0123456789abcdefghij';
  const state = new FakeState();
  const habits: EventHabits = { order: 'newest_first', repeatPages: false };
  const faults = makeFaults();
  const requests: FakeOpenAi['requests'] = [];
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.get('/', (c) =>
    c.text('This is a fake of the OpenAI API for tests. It trains nothing, answers with echoes and costs nothing.\n'),
  );
  app.use('/v1/*', async (c, next) => {
    requests.push({ call: callOf(c.req.method, c.req.path), method: c.req.method, path: c.req.path });
    await next();
  });
  app.use('/v1/*', faults.middleware);
  app.use('/v1/*', async (c, next) => {
    const key = c.req.header('authorization')?.slice('Bearer '.length) ?? '';
    if (key !== apiKey) {
      const masked = `${key.slice(0, 3)}***${key.slice(-4)}`;
      throw new FakeError(401, `Incorrect API key provided: ${masked}.`, null, 'invalid_api_key');
    }
    await next();
    c.header('x-request-id', `req_${requests.length}`);
  });
  const tuned = () => state.jobs.filter((job) => job.status === 'succeeded').map((job) => state.tunedModel(job));
  const checkpoints = () =>
    state.jobs.flatMap((job) => job.checkpoints.map((each) => each.fine_tuned_model_checkpoint));
  app.get('/v1/models', (c) => {
    const data = [...TUNABLE, ...OTHER_MODELS, ...tuned()].map((id) => ({
      ...{ id, object: 'model', created: 1_700_000_000, owned_by: id.startsWith('ft:') ? 'org-fake' : 'system' },
      ...(TUNABLE.includes(id) && { shutdown_date: SHUTDOWN }),
    }));
    return c.json({ object: 'list', data });
  });
  app.route('/v1/files', fileRoutes(state));
  app.route('/v1/fine_tuning/jobs', jobRoutes(state, habits));
  app.route(
    '/v1/chat/completions',
    chatRoutes(state, () => [...TUNABLE, ...OTHER_MODELS, ...tuned(), ...checkpoints()]),
  );
  app.notFound((c) => {
    const error = new FakeError(404, `Invalid URL (${c.req.method} ${c.req.path})`, null, 'unknown_url');
    return c.json(error.body(), 404);
  });
  app.onError((error, c) => {
    if (error instanceof FakeError) return c.json(error.body(), error.status);
    throw error;
  });

  const server = createAdaptorServer({ fetch: app.fetch }) as import('node:http').Server;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    apiKey,
    state,
    faults: faults.dial,
    habits,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
