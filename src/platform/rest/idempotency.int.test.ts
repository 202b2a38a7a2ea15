import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Actor, systemActor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import { closeDatabase, database } from '@/platform/db/database';
import { hostHandler } from '@/testing/http-host';
import { defineRoute } from './define-route';
import { createRestDispatcher } from './dispatch';
import { pruneIdempotencyKeys } from './idempotency';

let actor: Actor;
let runs = 0;
let release: (() => void) | undefined;
let host: Awaited<ReturnType<typeof hostHandler>>;

const route = defineRoute({
  ...{ method: 'POST', path: '/api/notes', summary: 'Write', tag: 'Notes', status: 201 },
  body: z.object({ text: z.string().min(1) }),
  output: z.object({ run: z.number(), text: z.string() }),
  handle: async ({ body }) => {
    runs++;
    if (body.text === 'fail') throw new AppError({ kind: 'conflict', reason: 'notes.no', message: 'Not now.' });
    if (body.text === 'wait') {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    }
    return { run: runs, text: body.text };
  },
});

beforeAll(async () => {
  const workspace = (name: string) => database().workspace.create({ data: { name, slug: name } });
  actor = systemActor((await workspace('one')).id);
  const other = systemActor((await workspace('two')).id);
  const keys: Record<string, Actor> = { 'Bearer one': actor, 'Bearer two': other };
  const handle = createRestDispatcher([route], async ({ headers }) => keys[headers.get('authorization') ?? ''] ?? null);
  host = await hostHandler(handle);
});
afterAll(async () => {
  await host.close();
  await closeDatabase();
});

async function keyed(key: string, body: unknown, authorization = 'Bearer one'): Promise<Response> {
  const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': key };
  return fetch(`${host.origin}/api/notes`, { method: 'POST', body: JSON.stringify(body), headers });
}
const problem = async (response: Response) => (await response.json()) as Record<string, unknown>;

describe('Idempotency-Key', () => {
  it('gives the first answer again, and runs once', async () => {
    const first = await keyed('a', { text: 'once' });
    const before = runs;
    const again = await keyed('a', { text: 'once' });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.text()).toBe(await first.text());
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(runs).toBe(before);
  });

  it('refuses another body under the same key', async () => {
    await keyed('b', { text: 'this' });
    expect(await problem(await keyed('b', { text: 'that' }))).toMatchObject({
      ...{ status: 409, reason: 'rest.idempotency_key_reused' },
    });
  });

  it('lets only one of two at the same moment run', async () => {
    const before = runs;
    const first = keyed('c', { text: 'wait' });
    await expect.poll(() => runs).toBe(before + 1);
    const second = await keyed('c', { text: 'wait' });
    expect(await problem(second)).toMatchObject({ status: 409, reason: 'rest.still_running' });
    expect(second.headers.get('retry-after')).toBe('2');
    release?.();
    expect((await first).status).toBe(201);
    expect((await keyed('c', { text: 'wait' })).status).toBe(201);
    expect(runs).toBe(before + 1);
  });

  it('forgets a run that failed, so that it can be tried again', async () => {
    const before = runs;
    for (let attempt = 1; attempt <= 2; attempt++) {
      expect((await keyed('d', { text: 'fail' })).status).toBe(409);
      expect(runs).toBe(before + attempt);
    }
  });

  it('belongs to one workspace', async () => {
    const before = runs;
    await keyed('e', { text: 'mine' });
    await keyed('e', { text: 'mine' }, 'Bearer two');
    expect(runs).toBe(before + 2);
  });

  it('takes over a run that died with its process', async () => {
    await keyed('f', { text: 'dies' });
    const id = { workspaceId: actor.workspaceId, key: 'f', route: 'POST /api/notes' };
    const died = new Date(Date.now() - 2 * 3600 * 1000);
    const where = { workspaceId_key_route: id };
    await database().$executeRaw`UPDATE idempotency_keys SET status = NULL, response = NULL WHERE key = 'f'`;
    await database().idempotencyKey.update({ where, data: { createdAt: died } });
    expect((await keyed('f', { text: 'dies' })).headers.get('idempotent-replayed')).toBeNull();
    expect((await keyed('f', { text: 'dies' })).headers.get('idempotent-replayed')).toBe('true');
  });

  it('is refused when it is too long to be kept whole', async () => {
    expect(await problem(await keyed('x'.repeat(256), { text: 'x' }))).toMatchObject({ status: 400 });
  });

  it('is forgotten after a day', async () => {
    await keyed('g', { text: 'old' });
    const before = runs;
    await pruneIdempotencyKeys(new Date(Date.now() + 25 * 3600 * 1000));
    await keyed('g', { text: 'old' });
    expect(runs).toBe(before + 1);
  });
});
