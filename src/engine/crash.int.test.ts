import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCluster } from '../../scripts/postgres/cluster';
import { testDatabase } from '../testing/database';
import { createLab } from './lab.functions';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'dist', `.crash-${process.pid}`);
const program = path.join(folder, 'app.mjs');

beforeAll(async () => {
  await build({
    absWorkingDir: root,
    entryPoints: ['src/engine/crash-app.functions.ts'],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A small generator, so that a failing series can be repeated: CRASH_SEED=<number>. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

class Fleet {
  readonly processes: ChildProcess[] = [];
  starts = 0;
  private readonly unsent = new Map<string, { id: string; name: string; data: object }>();

  constructor(private readonly url: string) {}

  start(slot: number): void {
    this.starts++;
    const child = fork(program, { env: { ...process.env, CRASH_DATABASE_URL: this.url }, stdio: 'inherit' });
    this.processes[slot] = child;
    child.on('message', (message: 'ready' | { sent: string[] }) => {
      if (message === 'ready') this.push(child);
      else for (const id of message.sent) this.unsent.delete(id);
    });
    child.on('error', () => {});
  }

  private push(child: ChildProcess | undefined): void {
    const events = [...this.unsent.values()];
    if (events.length > 0 && child?.connected) child.send(events, () => {});
  }

  /** An answer may get lost with its process: sent again with the same ids until one process confirms. */
  async send(events: { id: string; name: string; data: object }[]): Promise<void> {
    for (const event of events) this.unsent.set(event.id, event);
    for (let turn = 0; this.unsent.size > 0; turn++) {
      this.push(this.processes[turn % this.processes.length]);
      await sleep(700);
    }
  }

  kill(slot: number): void {
    this.processes[slot]?.kill('SIGKILL');
    this.start(slot);
  }

  stop(): void {
    for (const child of this.processes) child.kill('SIGKILL');
  }
}

async function effectsDatabase(): Promise<{
  url: string;
  query: <T>(sql: string) => Promise<T[]>;
  end: () => Promise<void>;
}> {
  const url = await testDatabase({ empty: true });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create table effects (run_id text, run text, step text, began_at timestamptz)');
  return {
    url,
    query: async <T>(sql: string) => (await client.query(sql)).rows as T[],
    end: () => client.end(),
  };
}

describe.concurrent('kill -9', () => {
  it('of the processes loses no run, doubles none, and repeats no stored step', async () => {
    const seed = Number(process.env.CRASH_SEED ?? Date.now() % 100_000);
    process.stdout.write(`crash series with CRASH_SEED=${seed}\n`);
    const random = randomFrom(seed);
    const database = await effectsDatabase();
    const fleet = new Fleet(database.url);
    try {
      for (const slot of [0, 1, 2]) fleet.start(slot);
      const runs = Array.from({ length: 40 }, (_, i) => ({
        id: `main-${i}`,
        name: 'c/main',
        data: { run: `r${i}`, group: `g${i % 3}` },
      }));
      const sending = fleet.send(runs);
      for (let kills = 0; kills < 8; kills++) {
        await sleep(500 + random() * 900);
        fleet.kill(Math.floor(random() * 3));
      }
      await sending;
      const ended = async () => {
        const [row] = await database.query<{ n: number }>(
          "select count(*)::int as n from durable.runs where status = 'completed' and fn_id = 'crash-main'",
        );
        return row?.n ?? 0;
      };
      for (const end = Date.now() + 40_000; (await ended()) < 40 && Date.now() < end; ) await sleep(200);
      expect(
        await database.query(
          "select fn_id, status, count(*)::int as n from durable.runs where fn_id like 'crash-main' group by 1, 2",
        ),
      ).toEqual([{ fn_id: 'crash-main', status: 'completed', n: 40 }]);
      expect(
        await database.query('select step, count(distinct run)::int as n from effects group by step order by step'),
      ).toEqual(['first', 'helped', 'last', 'left', 'right'].map((step) => ({ step, n: 40 })));
      // By the engine's own run: a kill between sending c/helper and storing that it was sent makes a second helper run.
      const [late] = await database.query<{ n: number }>(
        `select count(*)::int as n from effects e
         join durable.steps s on s.run_id = e.run_id and s.name = e.step where e.began_at > s.ended_at`,
      );
      expect(late?.n).toBe(0);
      const [repeats] = await database.query<{ n: number }>('select count(*)::int - 200 as n from effects');
      process.stdout.write(`8 kills: ${repeats?.n} steps in flight were repeated\n`);
      expect(repeats?.n).toBeLessThan(8 * 16);
    } finally {
      fleet.stop();
      await database.end();
    }
  }, 70_000);

  it('by the step itself ends in a failed run after ten lives, not in an endless loop', async () => {
    const database = await effectsDatabase();
    const fleet = new Fleet(database.url);
    let over = false;
    try {
      fleet.start(0);
      await fleet.send([{ id: 'deadly', name: 'c/deadly', data: {} }]);
      const revive = async () => {
        while (!over) {
          if (fleet.processes[0]?.signalCode) fleet.start(0);
          await sleep(50);
        }
      };
      const reviving = revive();
      for (const end = Date.now() + 20_000; Date.now() < end; await sleep(50))
        if ((await database.query('select 1 from effects')).length > 0) break;
      // Seven lives at once: each costs a process start, and the counting is the same.
      await database.query("update durable.queue set crashes = 7 where kind = 'call'");
      const failed = () => database.query("select 1 from effects where step = 'failed'");
      for (const end = Date.now() + 50_000; (await failed()).length === 0 && Date.now() < end; ) await sleep(200);
      over = true;
      await reviving;
      const [counts] = await database.query<{ died: number; failed: number }>(
        "select count(*) filter (where step = 'died')::int as died, count(*) filter (where step = 'failed')::int as failed from effects",
      );
      expect(counts?.failed).toBe(1);
      expect([3, 4]).toContain(counts?.died);
    } finally {
      over = true;
      fleet.stop();
      await database.end();
    }
  }, 60_000);

  it('of Postgres loses no run, and the process stays alive', async () => {
    const place = path.join(process.env.TUNELOOP_TEST_DIR ?? '/tmp', `engine-${process.pid}`);
    mkdirSync(place, { mode: 0o755 });
    const cluster = { dataDir: path.join(place, 'data'), password: 'test', logFile: path.join(place, 'log') };
    let server = await startCluster(cluster);
    const { port } = server;
    const lab = createLab();
    lab.fn({ id: 'eight', retries: 10 }, async ({ event, step }) => {
      for (let i = 0; i < 8; i++)
        await step.run(`s${i}`, async () => {
          lab.log(event.data.k, i);
          await sleep(60);
        });
      await step.run('end', () => lab.log('ended', event.data.k));
    });
    try {
      await lab.start({ connectionString: server.url('postgres'), pollMs: 1000 });
      await lab.client.send(Array.from({ length: 40 }, (_, i) => ({ name: 'c/eight', data: { k: `r${i}` } })));
      for (let kills = 0; kills < 2; kills++) {
        await sleep(400);
        process.kill(server.pid, 'SIGKILL');
        await server.ended;
        server = await startCluster({ ...cluster, port });
        expect(server.port).toBe(port);
      }
      await lab.until(() => new Set(lab.seen('ended')).size === 40, 40_000);
      expect(new Set(lab.seen('ended')).size).toBe(40);
      for (let i = 0; i < 40; i++) expect(new Set(lab.seen(`r${i}`)).size).toBe(8);
      const runs = async () => (await lab.engine().stats()).runs;
      for (const end = Date.now() + 5000; (await runs()).completed < 40 && Date.now() < end; ) await sleep(100);
      expect(await runs()).toMatchObject({ queued: 0, running: 0, failed: 0, completed: 40 });
      const effects = Array.from({ length: 40 }, (_, i) => lab.seen(`r${i}`).length).reduce((a, b) => a + b, 0);
      process.stdout.write(`2 kills of Postgres: ${effects} effects for 320\n`);
      expect(effects - 320).toBeLessThanOrEqual(64);
    } finally {
      await lab.stop();
      await server.stop();
      rmSync(place, { recursive: true, force: true });
    }
  }, 70_000);
});
