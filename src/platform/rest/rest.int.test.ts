import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Actor, systemActor } from '@/lib/actor';
import { AppError, errorKinds } from '@/lib/app-error';
import { closeDatabase, database } from '@/platform/db/database';
import { errorTable } from '@/platform/errors/error-table';
import { hostHandler } from '@/testing/http-host';
import { defineRoute } from './define-route';
import { createRestDispatcher } from './dispatch';

// A small door with routes of its own: what every REST endpoint gets from the platform.

let actor: Actor;
let host: Awaited<ReturnType<typeof hostHandler>>;

const note = z.object({ text: z.string().min(1), amount: z.number().int().optional() });
const routes = [
  defineRoute({
    ...{ method: 'POST', path: '/api/notes', summary: 'Write', tag: 'Notes', status: 201 },
    body: note,
    output: z.object({ run: z.number(), text: z.string() }),
    handle: async ({ body }) => ({ run: 1, text: body.text }),
  }),
  defineRoute({
    ...{ method: 'GET', path: '/api/notes/{id}', summary: 'Read', tag: 'Notes' },
    params: z.object({ id: z.uuid() }),
    output: z.object({ id: z.string() }),
    handle: async ({ params }) => params,
  }),
  defineRoute({
    ...{ method: 'GET', path: '/api/errors/{kind}', summary: 'Fail', tag: 'Notes' },
    params: z.object({ kind: z.string() }),
    output: z.void(),
    handle: ({ params: { kind } }) => {
      const known = errorKinds.find((each) => each === kind);
      if (!known) throw new Error('a secret of the inside: sk-inside');
      const details = { amount: 1_500_000_000n, fields: { name: 'Too short.' } };
      throw new AppError({ kind: known, reason: `test.${kind}`, message: 'Said so.', details, retryAfterMs: 1500 });
    },
  }),
];

beforeAll(async () => {
  actor = systemActor((await database().workspace.create({ data: { name: 'one', slug: 'one' } })).id);
  const handle = createRestDispatcher(routes, async ({ headers }) => (headers.has('authorization') ? actor : null));
  host = await hostHandler(handle);
});
afterAll(async () => {
  await host.close();
  await closeDatabase();
});

const send = (path: string, init: RequestInit = {}, headers: Record<string, string> = {}) =>
  fetch(`${host.origin}${path}`, { ...init, headers: { authorization: 'Bearer one', ...headers } });
async function problem(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const body = (await response.json()) as Record<string, unknown>;
  expect(body).toMatchObject({ status: response.status, title: expect.any(String), detail: expect.any(String) });
  expect(body.requestId).toBe(response.headers.get('x-request-id'));
  return body;
}

describe('problems', () => {
  it.each(errorKinds)('tell %s by RFC 9457', async (kind) => {
    const response = await send(`/api/errors/${kind}`, {}, { 'x-request-id': 'r-1' });
    expect(response.status).toBe(errorTable[kind].http);
    expect(await problem(response)).toEqual({
      ...{ type: 'about:blank', title: errorTable[kind].title, status: errorTable[kind].http, detail: 'Said so.' },
      ...{ reason: `test.${kind}`, requestId: 'r-1', details: { amount: '1.5', fields: { name: 'Too short.' } } },
    });
    expect(response.headers.get('retry-after')).toBe('2');
    expect(response.headers.has('www-authenticate')).toBe(kind === 'unauthenticated');
  });

  it('keep what nobody expected inside', async () => {
    const body = await problem(await send('/api/errors/surprise'));
    expect(body).toMatchObject({ status: 500, reason: 'internal' });
    expect(JSON.stringify(body)).not.toContain('sk-inside');
  });

  it.each([
    ['GET', '/api/nothing', 404, 'rest.no_such_endpoint'],
    ['PATCH', '/api/notes', 400, 'rest.method_not_allowed'],
    ['GET', '/api/notes/12', 400, 'input.invalid'],
    ['GET', '/api/notes/%E0%A4%A', 400, 'input.invalid'],
    ['GET', '/api/notes/..%2f..%2fetc', 400, 'input.invalid'],
  ])('answer %s %s in words', async (method, path, status, reason) => {
    expect(await problem(await send(path, { method }))).toMatchObject({ status, reason });
  });

  it('name what an address takes instead', async () => {
    const { detail } = await problem(await send('/api/notes', { method: 'DELETE' }));
    expect(detail).toContain('POST');
  });

  it.each([
    ['{"text":', 'input.not_json'],
    ['', 'input.invalid'],
    ['[]', 'input.invalid'],
    ['{"text":"","amount":1.5}', 'input.invalid'],
  ])('say what is wrong with %s, everything at once', async (body, reason) => {
    const headers = { 'content-type': 'application/json' };
    const told = await problem(await send('/api/notes', { method: 'POST', body }, headers));
    expect(told).toMatchObject({ status: 400, reason });
    if (body.includes('amount'))
      expect(Object.keys((told.details as { fields: object }).fields)).toEqual(['text', 'amount']);
  });

  it.each([{}, { 'idempotency-key': 'large' }])('stop reading a body that is too large (%j)', async (headers) => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1 << 20;
        if (sent > 64 * (1 << 20)) controller.close();
        else controller.enqueue(Buffer.alloc(1 << 20, ' '));
      },
    });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    const response = await send('/api/notes', init, { 'content-type': 'application/json', ...headers }).catch(
      () => null,
    );
    // The door may hang up on a sender that goes on, or get its answer through first; it never takes the whole.
    if (response) expect(await problem(response)).toMatchObject({ status: 400, reason: 'input.too_large' });
    expect(sent).toBeLessThan(40 * (1 << 20));
  });
});
