import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { testDatabase } from '@/testing/database';
import { createEngine, type Engine } from './engine';
import { createLab, type Lab } from './lab.functions';

const labs: Lab[] = [];
function newLab(): Lab {
  const lab = createLab();
  labs.push(lab);
  return lab;
}
afterEach(async () => {
  await Promise.all(labs.splice(0).map((lab) => lab.stop()));
});

async function query<T extends pg.QueryResultRow>(connectionString: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

const waitFor = async (check: () => boolean | Promise<boolean>, ms = 10_000) => {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(25)) if (await check()) return;
  throw new Error('It did not happen in time');
};

describe('the engine', () => {
  it('does nothing before start, not even connect, and says so', async () => {
    const lab = newLab();
    const connectionString = await testDatabase({ empty: true });
    const engine = createEngine({ connectionString, handler: lab.handler, signingKey: lab.signingKey });
    expect(engine.health()).toMatchObject({ state: 'stopped', worker: null });
    const answer = await engine.fetch('http://x/e/local', { method: 'POST', body: '{"name":"a"}' });
    expect(answer.status).toBe(503);
    expect(await query(connectionString, "select 1 from pg_namespace where nspname = 'durable'")).toEqual([]);
    await engine.stop();
  });

  it('refuses unsigned calls in cloud mode, and a wrong key at registration', async () => {
    const lab = newLab();
    lab.fn({ id: 'a' }, async () => 1);
    const call = new Request('http://127.0.0.1/api/inngest?fnId=conf-a&stepId=step', {
      method: 'POST',
      headers: { host: '127.0.0.1', 'content-type': 'application/json' },
      body: JSON.stringify({ event: {}, events: [{}], steps: {}, ctx: { run_id: 'R', attempt: 0 } }),
    });
    expect((await lab.handler(call)).status).toBe(401);
    const engine = createEngine({
      connectionString: 'postgres://x',
      handler: lab.handler,
      signingKey: 'signkey-test-00',
    });
    await expect(engine.register()).rejects.toThrow(/answered its registration with 401.*same signing key/s);
  });

  it('refuses to start with a function it cannot honour', async () => {
    const lab = newLab();
    lab.fn({ id: 'a', debounce: { period: '1s' } }, async () => 1);
    await expect(lab.start({ connectionString: await testDatabase({ empty: true }) })).rejects.toThrow(
      'function "conf-a": "debounce" is not supported by the embedded executor; use the Inngest server or remove it',
    );
    expect(lab.engine().health().state).toBe('stopped');
  });

  it('starts without a database, says what is wrong, and works once it is there', async () => {
    const lab = newLab();
    lab.fn({ id: 'a' }, async ({ event }) => lab.log(event.data.k, 'ran'));
    const url = new URL(await testDatabase({ empty: true }));
    const real = url.pathname;
    const name = `later_${Date.now()}`;
    url.pathname = `/${name}`;
    await lab.start({ connectionString: url.toString() });
    expect(lab.engine().health()).toMatchObject({ state: 'degraded', reason: expect.stringContaining(name) });
    url.pathname = real;
    await query(url.toString(), `create database ${name}`);
    await waitFor(() => lab.engine().health().state === 'running');
    expect(await lab.untilSeen(await lab.send('a'), 1)).toEqual(['ran']);
  });

  it('makes its schema once, however many processes start together', async () => {
    const connectionString = await testDatabase({ empty: true });
    const several = [newLab(), newLab(), newLab(), newLab()];
    for (const lab of several) lab.fn({ id: 'a' }, async ({ event }) => lab.log(event.data.k, 'ran'));
    await Promise.all(several.map((lab) => lab.start({ connectionString, schema: 'together' })));
    await Promise.all(several.map((lab) => waitFor(() => lab.engine().health().state === 'running')));
    expect(await query(connectionString, 'select version from together.version')).toEqual([{ version: 1 }]);
  });

  it('survives the loss of every connection and goes on with a new worker number', async () => {
    const lab = newLab();
    const connectionString = await testDatabase({ empty: true });
    lab.fn({ id: 'slow' }, async ({ event, step }) => {
      await step.run('a', async () => {
        lab.log(event.data.k, 'a');
        await sleep(600);
      });
      await step.run('b', () => lab.log(event.data.k, 'b'));
    });
    await lab.start({ connectionString });
    const { worker } = lab.engine().health();
    const k = await lab.send('slow');
    await lab.untilSeen(k, 1);
    await query(
      connectionString,
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like 'engine%'",
    );
    expect(await lab.untilSeen(k, 2)).toEqual(['a', 'b']); // its claim was adopted: the step did not run twice
    await waitFor(() => lab.engine().health().state === 'running');
    expect(lab.engine().health().worker).not.toBe(worker);
  });

  it('gives back what is in flight when it stops, and another process ends it', async () => {
    const connectionString = await testDatabase({ empty: true });
    const [one, two] = [newLab(), newLab()];
    let blocked = true;
    for (const lab of [one, two])
      lab.fn({ id: 'slow' }, async ({ event, step }) => {
        await step.run('a', async () => {
          lab.log('a', event.data.k);
          while (lab === one && blocked) await sleep(20);
        });
        await step.run('b', () => lab.log('b', event.data.k));
      });
    await one.start({ connectionString });
    await one.send('slow');
    await one.untilSeen('a', 1);
    await two.start({ connectionString });
    await one.engine().stop(50);
    await two.untilSeen('b', 1);
    blocked = false;
    expect([two.seen('a').length, two.seen('b').length, one.seen('b').length]).toEqual([1, 1, 0]);
    await sleep(100);
  });

  it('takes over what a vanished worker held, and fails a run whose process dies each time', async () => {
    const lab = newLab();
    const connectionString = await testDatabase({ empty: true });
    lab.fn({ id: 'a' }, async ({ event }) => lab.log(event.data.k, 'ran'));
    await lab.start({ connectionString, pollMs: 300 });
    const orphan = async (k: string, crashes: number) => {
      const hold = `with e as (insert into durable.runs (id, fn_id, status, event, event_name)
        values ('${k}', 'conf-a', 'running', '{"id":"e","name":"c/a","data":{"k":"${k}"},"ts":1}', 'c/a') returning id)
        insert into durable.queue (run_id, fn_id, kind, step_id, locked_by, token, crashes)
        select id, 'conf-a', 'call', 'step', 2000000, gen_random_uuid(), ${crashes} from e`;
      await query(connectionString, hold);
    };
    await orphan('orphan', 0);
    await orphan('deadly', 9);
    // Only the reaper's grace after a reconnection stands between.
    expect(await lab.untilSeen('orphan', 1)).toEqual(['ran']);
    const failed = async () => (await lab.engine().listRuns({ status: 'failed', limit: 10 })).items;
    await waitFor(async () => (await failed()).length === 1);
    expect((await failed())[0]).toMatchObject({
      id: 'deadly',
      error: { message: expect.stringContaining('died or failed') },
    });
    expect(lab.seen('deadly')).toEqual([]);
  });

  it('shows runs, their steps and what they wait for', async () => {
    const lab = newLab();
    lab.fn({ id: 'look', name: 'Look around' }, async ({ event, step }) => {
      await step.run('first', () => ({ n: 1 }));
      lab.log(event.data.k, 'waiting');
      await step.waitForEvent('until told', { event: 'c/told', timeout: '1h' });
    });
    await lab.start({ connectionString: await testDatabase({ empty: true }) });
    const k = await lab.send('look');
    await lab.untilSeen(k, 1);
    await lab.send('look');
    const engine: Engine = lab.engine();
    await waitFor(async () => (await engine.stats()).waits === 2);
    const page = await engine.listRuns({ status: 'running', limit: 1 });
    expect(page.items).toMatchObject([{ functionName: 'Look around', eventName: 'c/look', status: 'running' }]);
    const next = await engine.listRuns({ limit: 1, cursor: page.nextCursor });
    expect(next.nextCursor).toBeNull();
    const run = await engine.getRun(next.items[0]?.id ?? '');
    expect(run).toMatchObject({ event: { data: { k } }, nextCall: null });
    expect(run?.steps).toMatchObject([
      { name: 'first', status: 'done', data: { n: 1 } },
      { status: 'pending', waitingFor: 'c/told', wakesAt: expect.any(Date) },
    ]);
    expect(await engine.stats()).toMatchObject({ runs: { running: 2 }, queue: { due: 0, later: 2 }, events24h: 2 });
    expect(engine.functions()).toEqual([
      { id: 'conf-look', name: 'Look around', triggers: ['c/look'], maxAttempts: 1 },
    ]);
    expect(await engine.getRun('nobody')).toBeNull();
    // Whose run it is stands in its event; a run that says nothing about it is everybody's.
    const shown = async (field: string, value: string) => {
      const { items } = await engine.listRuns({ limit: 5, visibleTo: { field, value } });
      return [items.map(({ id }) => id), (await engine.getRun(run?.id ?? '', { field, value }))?.id ?? null];
    };
    expect(await shown('k', k)).toEqual([[run?.id], run?.id]);
    expect(await shown('k', 'another')).toEqual([[], null]);
    expect((await shown('team', 'a'))[0]).toHaveLength(2);
  });
});
