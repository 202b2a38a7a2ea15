import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '@/testing/database';
import { createLab } from './lab.functions';

const lab = createLab();
const { fn, log, seen, client } = lab;

beforeAll(async () => lab.start({ connectionString: await testDatabase({ empty: true }) }));
afterAll(() => lab.stop());

/** Sends again until the run has seen it: on a busy machine the run may begin to wait late, and what came before is lost. */
async function sendUntilSeen(k: string, ...events: { name: string; data: object }[]): Promise<unknown[]> {
  for (;;) {
    await client.send(events);
    for (let waited = 0; waited < 1000; waited += 50) {
      if (seen(k).length > 0) return [...seen(k)];
      await sleep(50);
    }
  }
}

describe.concurrent('waiting for events', () => {
  fn({ id: 'wait-hit' }, async ({ event, step }) => {
    const got = await step.waitForEvent('w', { event: 'c/settled', match: 'data.job', timeout: '20s' });
    await step.run('x', () => log(event.data.k, { keys: Object.keys(got ?? {}).sort(), data: got?.data }));
  });
  it('gets the matching event, not the other one', async () => {
    const k = await lab.send('wait-hit', { job: 'j1' });
    await sleep(700);
    const settled = (data: object) => ({ name: 'c/settled', data });
    expect(await sendUntilSeen(k, settled({ job: 'other' }), settled({ job: 'j1', ok: 1 }))).toEqual([
      { keys: ['data', 'id', 'name', 'ts'], data: { job: 'j1', ok: 1 } },
    ]);
  });

  fn({ id: 'wait-timeout' }, async ({ event, step }) => {
    const got = await step.waitForEvent('w', { event: 'c/settled', match: 'data.job', timeout: '1s' });
    await step.run('x', () => log(event.data.k, got));
  });
  it('gets null after the timeout', async () => {
    expect(await lab.untilSeen(await lab.send('wait-timeout', { job: 'nobody' }), 1)).toEqual([null]);
  });

  fn({ id: 'wait-if' }, async ({ event, step }) => {
    const condition = 'event.data.job == async.data.job && async.data.n > 2';
    const got = await step.waitForEvent('w', { event: 'c/counted', if: condition, timeout: '20s' });
    await step.run('x', () => log(event.data.k, got?.data.n));
  });
  it('honours a condition of two parts', async () => {
    const k = await lab.send('wait-if', { job: 'j2' });
    await sleep(700);
    const counted = (n: number) => ({ name: 'c/counted', data: { job: 'j2', n } });
    expect(await sendUntilSeen(k, counted(1), counted(3))).toEqual([3]);
  });

  fn({ id: 'wait-missing' }, async ({ event, step }) => {
    const got = await step.waitForEvent('w', { event: 'c/missing', match: 'data.nokey', timeout: '20s' });
    await step.run('x', () => log(event.data.k, got?.name ?? null));
  });
  it('takes a field missing on both sides as equal', async () => {
    const k = await lab.send('wait-missing');
    await sleep(700);
    expect(await sendUntilSeen(k, { name: 'c/missing', data: { x: 1 } })).toEqual(['c/missing']);
  });

  fn({ id: 'wait-early' }, async ({ event, step }) => {
    await step.sleep('z', '1s');
    const got = await step.waitForEvent('w', { event: 'c/early', match: 'data.job', timeout: '1s' });
    await step.run('x', () => log(event.data.k, got?.name ?? null));
  });
  it('does not see what was sent before', async () => {
    const k = await lab.send('wait-early', { job: 'j3' });
    await sleep(300);
    await client.send({ name: 'c/early', data: { job: 'j3' } });
    expect(await lab.untilSeen(k, 1)).toEqual([null]);
  });

  fn({ id: 'wait-slow' }, async ({ event, step }) => {
    log(event.data.k, 'body');
    await sleep(400);
    const got = await step.waitForEvent('w', { event: 'c/slow', match: 'data.job', timeout: '3s' });
    await step.run('x', () => log(event.data.k, got?.name ?? null));
  });
  it('sees what arrived while the call that asks for it was running', async () => {
    const k = await lab.send('wait-slow', { job: 'j4' });
    await lab.untilSeen(k, 1);
    await client.send({ name: 'c/slow', data: { job: 'j4' } });
    await lab.until(() => seen(k).includes('c/slow'));
    expect(seen(k)).toContain('c/slow');
  });

  fn({ id: 'two-waits' }, async ({ event, step }) => {
    const got = await Promise.all(
      ['c/one', 'c/two'].map((name) => step.waitForEvent(name, { event: name, match: 'data.job', timeout: '20s' })),
    );
    await step.run('x', () =>
      log(
        event.data.k,
        got.map((each) => each?.name),
      ),
    );
  });
  it('can be two at once', async () => {
    const k = await lab.send('two-waits', { job: 'j5' });
    await sleep(700);
    const both = { two: { name: 'c/two', data: { job: 'j5' } }, one: { name: 'c/one', data: { job: 'j5' } } };
    expect(await sendUntilSeen(k, both.two, both.one)).toEqual([['c/one', 'c/two']]);
  });

  fn({ id: 'wait-cel' }, async ({ step }) => {
    await step.waitForEvent('w', { event: 'c/settled', if: 'has(async.data.x)', timeout: '5s' });
  });
  fn({ id: 'on-failed', triggers: [{ event: 'inngest/function.failed' }] }, async ({ event }) =>
    log(`failed:${event.data.event.data.k}`, event.data.error.message),
  );
  it('fails the run with a clear text for a condition outside the subset', async () => {
    const k = await lab.send('wait-cel');
    const [message] = await lab.untilSeen(`failed:${k}`, 1);
    expect(message).toMatch(/not supported by the embedded executor; use `match` instead/);
  });
});

describe.concurrent('sending events', () => {
  fn({ id: 'target' }, async ({ event }) => log(event.data.k, `target${event.data.i}`));
  fn({ id: 'send-event' }, async ({ event, step }) => {
    const { k } = event.data;
    const sent = await step.sendEvent('s', [
      { name: 'c/target', data: { k, i: 1 } },
      { name: 'c/target', data: { k, i: 2 } },
    ]);
    await step.run('x', () => log(k, `ids${sent.ids.length}`));
  });
  it('from a step starts other runs', async () => {
    const got = await lab.untilSeen(await lab.send('send-event'), 3);
    expect([...got].sort()).toEqual(['ids2', 'target1', 'target2']);
  });

  fn({ id: 'id-one', triggers: [{ event: 'c/with-id' }] }, async ({ event }) =>
    log(event.data.k, `one:${event.data.i}`),
  );
  fn({ id: 'id-two', triggers: [{ event: 'c/with-id' }] }, async ({ event }) =>
    log(event.data.k, `two:${event.data.i}`),
  );
  it('with one id starts one run a function, however often', async () => {
    const k = 'same-id';
    await lab.send('with-id', { k, i: 1 }, { id: 'E1' });
    await lab.send('with-id', { k, i: 2 }, { id: 'E1' });
    await lab.untilSeen(k, 2);
    await sleep(700);
    expect([...seen(k)].sort()).toEqual(['one:1', 'two:1']);
  });
  it('with one id twice in the same send too', async () => {
    const k = 'same-send';
    await client.send([1, 2].map((i) => ({ name: 'c/with-id', data: { k, i }, id: 'E2' })));
    await lab.untilSeen(k, 2);
    await sleep(700);
    expect([...seen(k)].sort()).toEqual(['one:1', 'two:1']);
  });

  it('again with the same seed, as the SDK does after a lost answer, changes nothing', async () => {
    const send = () =>
      lab.engine().fetch('http://events/e/local', {
        method: 'POST',
        headers: { 'x-inngest-event-id-seed': '1700000000000,AAECAwQFBgcICQ==' },
        body: JSON.stringify({ name: 'c/target', data: { k: 'seeded', i: 1 } }),
      });
    const answers = await Promise.all([send(), send()].map(async (each) => (await each).json()));
    expect(answers[0]).toEqual(answers[1]);
    await lab.untilSeen('seeded', 1);
    await sleep(700);
    expect(seen('seeded')).toEqual(['target1']);
  });

  fn({ id: 'idem', idempotency: 'event.data.order' }, async ({ event }) => log(event.data.k, event.data.order));
  it('with an idempotency key starts one run a key', async () => {
    const k = 'idem';
    await lab.send('idem', { k, order: 'o1' });
    await lab.send('idem', { k, order: 'o1' });
    await lab.send('idem', { k, order: 'o2' });
    await lab.untilSeen(k, 2);
    await sleep(700);
    expect([...seen(k)].sort()).toEqual(['o1', 'o2']);
  });

  fn({ id: 'many' }, async ({ event, step }) => {
    await step.run('x', () => log(event.data.k, event.data.i));
  });
  it('a hundred at once', async () => {
    await client.send(Array.from({ length: 100 }, (_, i) => ({ name: 'c/many', data: { k: 'many', i } })));
    await lab.untilSeen('many', 100, 25_000);
    expect(new Set(seen('many')).size).toBe(100);
    expect(seen('many')).toHaveLength(100);
  });

  fn({ id: 'multi', triggers: [{ event: 'c/multi.a' }, { event: 'c/multi.b' }] }, async ({ event }) =>
    log(event.data.k, event.name),
  );
  fn({ id: 'wild', triggers: [{ event: 'c/wild/*' }] }, async ({ event }) => log(event.data.k, event.name));
  fn(
    { id: 'trigger-if', triggers: [{ event: 'c/trigger-if', if: "event.data.n > 5 && event.data.s == 'yes'" }] },
    async ({ event }) => log(event.data.k, event.data.n),
  );
  it('finds functions by several triggers, wildcards and conditions', async () => {
    const k = 'triggers';
    await client.send({ name: 'c/multi.a', data: { k } });
    await client.send({ name: 'c/multi.b', data: { k } });
    await client.send({ name: 'c/wild/x', data: { k } });
    for (const data of [
      { n: 3, s: 'yes' },
      { n: 8, s: 'no' },
      { n: 9, s: 'yes' },
    ])
      await client.send({ name: 'c/trigger-if', data: { k, ...data } });
    await lab.untilSeen(k, 4);
    await sleep(700);
    expect(seen(k).map(String).sort()).toEqual(['9', 'c/multi.a', 'c/multi.b', 'c/wild/x']);
  });

  fn({ id: 'big' }, async ({ event }) => log(event.data.k, event.data.pad.length));
  it('of 200 kB', async () => {
    expect(await lab.untilSeen(await lab.send('big', { pad: 'x'.repeat(200_000) }), 1)).toEqual([200_000]);
  });

  it('refuses what is not an event, once and for all', async () => {
    const post = (body: string) => lab.engine().fetch('http://events/e/local', { method: 'POST', body });
    expect((await post('{')).status).toBe(400);
    expect((await post('{"data":{}}')).status).toBe(400);
    expect((await lab.engine().fetch('http://events/v1/runs')).status).toBe(404);
  });
});
