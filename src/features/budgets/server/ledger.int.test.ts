import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { usd } from '@/lib/money';
import {
  aBudget,
  balance,
  budgets,
  call,
  capReached,
  clock,
  connectionId,
  entries,
  hold,
  makeAgent,
  makeConnection,
  makeWorkspace,
  release,
  settle,
} from '@/testing/budgets';

describe('a call', () => {
  it('is charged once per key, and nothing is written for 0', async () => {
    const actor = await makeWorkspace();
    const key = randomUUID();
    expect(
      await Promise.all([call(actor, 100n, {}, key), call(actor, 100n, {}, key)]).then((all) => all.sort()),
    ).toEqual([false, true]);
    expect(await call(actor, 0n)).toBe(true);
    expect(await entries(actor)).toHaveLength(1);
  });

  it('is refused when nothing is left for its agent, unless it is free by nature', async () => {
    const actor = await makeWorkspace();
    const [busy, other] = [await makeAgent(actor), await makeAgent(actor)];
    await budgets.create(actor, aBudget({ scope: 'agent', scopeId: busy.id, limit: 1000n }));
    await call(actor, 999n, { agentId: busy.id });
    await budgets.assertCanSpend(actor.workspaceId, { agentId: busy.id, connectionId });
    await call(actor, 1n, { agentId: busy.id });
    await expect(
      budgets.assertCanSpend(actor.workspaceId, { agentId: busy.id, connectionId, connectionKind: 'openai' }),
    ).rejects.toMatchObject(capReached);
    await budgets.assertCanSpend(actor.workspaceId, { agentId: busy.id, connectionId, connectionKind: 'builtin' });
    await budgets.assertCanSpend(actor.workspaceId, { agentId: other.id, connectionId });
  });
});

describe('a new month', () => {
  it('empties monthly budgets, not totals, and open holds come along', async () => {
    const actor = await makeWorkspace();
    const monthly = await budgets.create(actor, aBudget());
    const total = await budgets.create(actor, aBudget({ name: 'Ever', period: 'total', limit: usd(100) }));
    const jobId = randomUUID();
    const before = clock.time;
    try {
      clock.time = new Date('2026-11-30T23:59:59.999Z');
      await call(actor, usd(9));
      await hold(actor, usd(1), jobId);
      await expect(hold(actor, 1n)).rejects.toMatchObject(capReached);
      clock.time = new Date('2026-12-01T00:00:00.000Z');
      expect(await balance(actor, monthly.id)).toEqual({ spent: 0n, held: usd(1) });
      expect(await balance(actor, total.id)).toEqual({ spent: usd(9), held: usd(1) });
      expect(await budgets.summary(actor)).toMatchObject({
        ...{ spentThisMonth: 0n, spentLastMonth: usd(9), held: usd(1), forecast: null },
        days: [{ date: '2026-12-01', amount: 0n }],
      });
      await settle(actor, jobId, usd(1));
      expect(await balance(actor, monthly.id)).toEqual({ spent: usd(1), held: 0n });
    } finally {
      clock.time = before;
    }
  });
});

const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

/** Repeatable numbers 0..1 (mulberry32). */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it(`many jobs at once never take a budget over its limit, and every figure adds up (seed ${seed})`, async () => {
  const random = randomFrom(seed);
  const actor = await makeWorkspace();
  const { id: connection } = await makeConnection(actor);
  const wide = await budgets.create(actor, aBudget());
  const narrow = await budgets.create(actor, aBudget({ scope: 'connection', scopeId: connection, limit: usd(4) }));
  const real = { charged: 0n, refused: 0 };

  async function job(): Promise<void> {
    const jobId = randomUUID();
    const amount = BigInt(Math.floor(random() * 1.5e9));
    const [via, end] = [random() < 0.5 ? connection : connectionId, random()];
    const [share, again] = [BigInt(Math.floor(random() * 100)), random() < 0.5];
    const held = await hold(actor, amount, jobId, via).catch((error: unknown) => {
      expect(error).toMatchObject(capReached);
      real.refused++;
      return null;
    });
    for (const [budget, limit] of [[wide, usd(10)] as const, [narrow, usd(4)] as const]) {
      const { spent, held: open } = await balance(actor, budget.id);
      expect(spent + open).toBeLessThanOrEqual(limit);
    }
    if (!held || end < 0.2) return;
    const charge = end < 0.4 ? 0n : (amount * share) / 100n;
    if (charge === 0n) await release(actor, jobId);
    else {
      const { charged } = await settle(actor, jobId, charge);
      real.charged += charged;
    }
    if (again) await settle(actor, jobId, charge);
  }

  for (let round = 0; round < 6; round++) await Promise.all(Array.from({ length: 15 }, job));
  const rows = await entries(actor);
  const sumOf = (...kinds: string[]) =>
    rows.reduce((sum, { kind, amountNanoUsd }) => (kinds.includes(kind) ? sum + amountNanoUsd : sum), 0n);
  expect(await balance(actor, wide.id)).toEqual({ spent: real.charged, held: sumOf('hold', 'release') });
  expect(sumOf('charge')).toBe(real.charged);
  expect(real.refused).toBeGreaterThan(0);
});
