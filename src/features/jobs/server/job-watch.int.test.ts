import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '@/platform/db/database';
import { stopListening } from '@/platform/live/listener';
import { type JobLab, launchJob, makeJobLab, rowOf, startFake } from '@/testing/jobs/job-lab';
import { jobRepository } from './job.repository';
import { startJobPoller } from './job-poller';

let fake: Awaited<ReturnType<typeof startFake>>;
let lab: JobLab;
beforeAll(async () => {
  fake = await startFake();
  lab = await makeJobLab(fake);
});
afterAll(async () => {
  await stopListening();
  await fake.close();
});

const submit = async () => (await lab.jobs.submit(lab.actor, lab.input())).id;

/** mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function append(id: string, n: number): Promise<void> {
  const job = await rowOf(id);
  await inTransaction((tx) => jobRepository.append(tx, job, [{ type: 'message', message: `event ${n}` }]));
}

describe('watch', () => {
  it('loses and repeats nothing while writers append and readers come and go', async () => {
    const seed = Number(process.env.WATCH_SEED ?? Date.now() % 1_000_000);
    console.log(`watch: seed ${seed} (repeat with WATCH_SEED=${seed})`);
    const random = randomOf(seed);
    const id = await submit();
    const first = (await rowOf(id)).lastEventSeq;
    const total = first + 120;
    const write = async (from: number) => {
      for (let n = from; n < 120; n += 3) {
        await append(id, n);
        await sleep(random() * 25);
      }
    };
    const read = async () => {
      const seen: number[] = [];
      let cursor = 0;
      while (cursor < total) {
        const stop = new AbortController();
        const leaveAfter = 1 + Math.floor(random() * 3);
        let messages = 0;
        for await (const update of lab.jobs.watch(lab.actor, id, cursor, stop.signal)) {
          seen.push(...update.events.map(({ seq }) => seq));
          cursor = update.job.lastEventSeq;
          if (cursor >= total || ++messages >= leaveAfter) break;
        }
        stop.abort();
      }
      return seen;
    };
    const [, , , ...readers] = await Promise.all([write(0), write(1), write(2), read(), read(), read(), read()]);
    const every = Array.from({ length: total }, (_, index) => index + 1);
    for (const seen of readers) expect(seen).toEqual(every);
  });

  it('sends a long history in messages that can be resumed from', async () => {
    const id = await submit();
    const job = await rowOf(id);
    const many = Array.from({ length: 1200 }, (_, n) => ({ type: 'message' as const, message: `event ${n}` }));
    await inTransaction((tx) => jobRepository.append(tx, job, many));
    const sizes: [number, number][] = [];
    for await (const update of lab.jobs.watch(lab.actor, id, 0, new AbortController().signal)) {
      sizes.push([update.events.length, update.job.lastEventSeq]);
      if (update.job.lastEventSeq === 1202) break;
    }
    expect(sizes).toEqual([
      [500, 500],
      [500, 1000],
      [202, 1202],
    ]);
  });

  it('goes on after the database was away', async () => {
    let away = 0;
    const shaky = await makeJobLab(fake, {
      change: ({ queries }) => ({
        queries: {
          ...queries,
          get: (...args) => (away-- > 0 ? Promise.reject(new Error('Connection terminated')) : queries.get(...args)),
        },
      }),
    });
    const { id } = await shaky.jobs.submit(shaky.actor, shaky.input());
    const updates = shaky.jobs.watch(shaky.actor, id, 0, new AbortController().signal);
    expect((await updates.next()).value?.events).toHaveLength(2);
    away = 2;
    const next = updates.next();
    await append(id, 1);
    await sleep(300);
    await append(id, 2);
    const messages = [(await next).value?.events ?? []].flat().map(({ message }) => message);
    expect(messages[0]).toBe('event 1');
    await updates.return(undefined);
  });

  it('makes the poller quick: a step of the trainer is shown within two seconds', async () => {
    const id = await submit();
    await launchJob(lab.jobs, id);
    fake.state.advance(6);
    const stop = new AbortController();
    const poller = startJobPoller(lab.jobs, stop.signal);
    const delays: number[] = [];
    const said = new Map<number, number>();
    for await (const update of lab.jobs.watch(lab.actor, id, 0, stop.signal)) {
      for (const { step } of update.metrics) {
        const at = said.get(step);
        if (at !== undefined) delays.push(Date.now() - at);
      }
      if (update.job.lastStep >= 6) break;
      if (update.job.lastStep >= said.size) {
        await sleep(150);
        fake.state.advance(1);
        said.set(update.job.lastStep + 1, Date.now());
      }
    }
    stop.abort();
    await poller;
    console.log(`watch: step of the trainer to message of the stream, ms: ${delays.join(', ')}`);
    expect(delays.length).toBeGreaterThan(2);
    expect(Math.max(...delays)).toBeLessThan(2000);
  });
});
