import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testServerUrl } from '@/testing/database';

let trainer: Server;
let trainerStatus = 200;
let refused = '';
const logged: string[] = [];
const said = (part: string) => logged.map((line) => JSON.parse(line)).filter((line) => line.part === part);

// The environment is read when its module is loaded, so the app comes after the trainer it is to ask.
beforeAll(async () => {
  trainer = createServer((_request, response) => response.writeHead(trainerStatus).end());
  await new Promise<void>((resolve) => trainer.listen(0, '127.0.0.1', resolve));
  refused = `127.0.0.1:${(trainer.address() as AddressInfo).port}`;
  vi.stubEnv('TRAINER_URL', `http://${refused}`);
  const { logger } = await import('@/platform/logger/logger');
  const stream = (logger as unknown as Record<symbol, { write(line: string): void }>)[pino.symbols.streamSym];
  if (!stream) throw new Error('the log has no stream to listen to');
  stream.write = (line) => void logged.push(line);
  logger.level = 'info';
});
afterAll(async () => {
  (await import('@/platform/logger/logger')).logger.level = 'silent';
  await (await import('@/platform/db/pool')).closePool();
  await (await import('@/platform/db/database')).closeDatabase();
  trainer.close();
});

async function ask(query = '') {
  const { GET } = await import('@/app/api/health/route');
  const response = await GET(new Request(`http://app.test/api/health${query}`));
  return { status: response.status, text: await response.clone().text(), health: await response.json() };
}

describe('/api/health', () => {
  it('tells anybody the state of each part, and no word of why', async () => {
    trainerStatus = 503;
    const { status, health } = await ask();
    expect(status).toBe(200);
    expect(Object.keys(health).sort()).toEqual(['instance', 'parts', 'status']);
    const states = { database: { status: 'ok' }, trainer: { status: 'down' } };
    expect(health).toMatchObject({ status: 'degraded', parts: states });
    expect(Object.keys(health.parts).sort()).toEqual(['database', 'durable', 'live', 'storage', 'trainer']);
    for (const part of Object.values<object>(health.parts)) expect(Object.keys(part).sort()).toEqual(['ms', 'status']);
  });

  it('leaves the reason to people who may look at operations', async () => {
    const { call } = await import('@/testing/doors/knock');
    const { makeTenant } = await import('@/testing/doors/tenant');
    const { owner, viewer } = await makeTenant();
    // Beside another workspace the figures of the executor, which does not run here, are not asked for.
    await makeTenant();
    expect(await call('ops.overview', undefined, owner)).toMatchObject({
      data: { health: { parts: { trainer: { status: 'down', message: 'The trainer answers with status 503.' } } } },
    });
    expect(await call('ops.overview', undefined, viewer)).toMatchObject({ ok: false, status: 403 });
  });

  it('writes to the log why a part is down, once for as long as it is, and that it is back', async () => {
    expect(said('trainer')).toMatchObject([{ level: 40, status: 'down', why: 'The trainer answers with status 503.' }]);
    trainerStatus = 200;
    for (const query of ['', '?ready']) await ask(query);
    expect(said('trainer').slice(1)).toMatchObject([{ level: 30, status: 'ok' }]);
    await new Promise((resolve) => trainer.close(resolve));
    // The first question finds out that the connection is lost.
    await ask();
    const { text } = await ask();
    expect(text).not.toContain(refused);
    expect(said('trainer').at(-1)).toMatchObject({ status: 'down', why: expect.stringContaining(refused) });
  });

  it('says nothing of the database either when that is gone, and takes no traffic', async () => {
    const admin = new pg.Client({ connectionString: testServerUrl() });
    await admin.connect();
    const name = new URL(process.env.DATABASE_URL ?? '').pathname.slice(1);
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
    await ask();
    const { status, text, health } = await ask('?ready');
    expect(status).toBe(503);
    expect(health).toMatchObject({ status: 'down', parts: { database: { status: 'down' } } });
    expect(text).not.toContain(name);
    expect(said('database').at(-1)).toMatchObject({ why: expect.stringContaining(name) });
  });
});
