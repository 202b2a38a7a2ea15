import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import { usd } from '@/lib/money';
import { inTransaction } from '@/platform/db/database';
import {
  aBudget,
  balance,
  budgets,
  call,
  capReached,
  connectionId,
  entries,
  hold,
  makeConnection,
  makeWorkspace,
  release,
  settle,
} from '@/testing/budgets';

/** On a busy machine a request may find no free connection in time: it is sent again for the same job, as clients do. */
async function answered(actor: Actor, jobId: string, tries = 5): Promise<unknown> {
  try {
    return await hold(actor, usd(1), jobId);
  } catch (error) {
    if (error instanceof AppError || tries === 1) throw error;
    return answered(actor, jobId, tries - 1);
  }
}

describe('a hold', () => {
  it('lets exactly 10 of 100 parallel requests into a budget for 10', async () => {
    const actor = await makeWorkspace();
    const { id } = await budgets.create(actor, aBudget());
    await budgets.create(actor, aBudget({ name: 'Wide', limit: usd(1000) }));
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => answered(actor, randomUUID())));
    const refused = results.filter((result) => result.status === 'rejected').map((result) => result.reason);
    expect(refused).toHaveLength(90);
    for (const reason of refused) expect(reason).toMatchObject(capReached);
    expect(await balance(actor, id)).toEqual({ spent: 0n, held: usd(10) });
    expect(await entries(actor)).toHaveLength(10);
  });

  it('is one hold, however often it is asked for, with and without a budget to queue at', async () => {
    for (const caps of [[], [aBudget({ limit: usd(1) })]]) {
      const actor = await makeWorkspace();
      for (const cap of caps) await budgets.create(actor, cap);
      const jobId = randomUUID();
      const results = await Promise.all(Array.from({ length: 8 }, () => hold(actor, usd(1), jobId)));
      expect(results.map((result) => result.held)).toEqual(Array.from({ length: 8 }, () => usd(1)));
      expect(await entries(actor)).toHaveLength(1);
    }
  });

  it('leaves nothing when the transaction around it fails', async () => {
    const actor = await makeWorkspace();
    const { id } = await budgets.create(actor, aBudget());
    const jobId = randomUUID();
    const crash = inTransaction(async (tx) => {
      await budgets.hold(tx, actor, { jobId, connectionId, amount: usd(9), description: 'x' });
      throw new Error('crash');
    });
    await expect(crash).rejects.toThrow('crash');
    expect(await balance(actor, id)).toEqual({ spent: 0n, held: 0n });
    expect((await hold(actor, usd(10), jobId)).held).toBe(usd(10));
  });

  it('is refused with the arithmetic, and holds nothing then', async () => {
    const actor = await makeWorkspace();
    await budgets.create(actor, aBudget());
    await call(actor, usd(8));
    await hold(actor, usd(1.5));
    await expect(hold(actor, usd(1))).rejects.toMatchObject({
      ...capReached,
      message: expect.stringContaining('limit $10.00 this month − $8.00 spent − $1.50 held by open jobs = $0.50 left'),
      details: { needed: '1', budgets: [expect.objectContaining({ spent: '8', held: '1.5', left: '0.5' })] },
    });
    expect(await entries(actor)).toHaveLength(2);
  });

  it('of 0 passes a cap of 0, and nothing else does', async () => {
    const actor = await makeWorkspace();
    await budgets.create(actor, aBudget({ limit: 0n }));
    expect(await hold(actor, 0n)).toEqual({ held: 0n, warnings: [] });
    await expect(hold(actor, 1n)).rejects.toMatchObject(capReached);
  });

  it('is only warned about by a budget that only warns', async () => {
    const actor = await makeWorkspace();
    const { id } = await budgets.create(actor, aBudget({ onBreach: 'warn', limit: usd(1) }));
    const { held, warnings } = await hold(actor, usd(2));
    expect({ held, warnings: warnings.map((warning) => warning.budgetId) }).toEqual({ held: usd(2), warnings: [id] });
  });

  it('counts for the connection’s own budget, and not for another’s or an inactive one', async () => {
    const actor = await makeWorkspace();
    const { id: mine } = await makeConnection(actor);
    const cap = await budgets.create(actor, aBudget({ scope: 'connection', scopeId: mine, limit: usd(1) }));
    const off = await budgets.create(actor, aBudget({ limit: 0n }));
    await budgets.update(actor, { id: off.id, active: false });
    await hold(actor, usd(5));
    await hold(actor, usd(1), randomUUID(), mine);
    expect(await balance(actor, cap.id)).toEqual({ spent: 0n, held: usd(1) });
    await expect(hold(actor, 1n, randomUUID(), mine)).rejects.toMatchObject(capReached);
  });

  it('made before the budget counts in it from the budget’s first moment', async () => {
    const actor = await makeWorkspace();
    const jobId = randomUUID();
    await hold(actor, usd(6), jobId);
    const created = await budgets.create(actor, aBudget());
    expect(created).toMatchObject({ held: usd(6), spent: 0n });
    await expect(hold(actor, usd(5))).rejects.toMatchObject(capReached);
    await settle(actor, jobId, usd(2));
    expect((await hold(actor, usd(8))).held).toBe(usd(8));
  });

  it('is out of range below 0 and above what a ledger can add up', async () => {
    const actor = await makeWorkspace();
    for (const amount of [-1n, 2n ** 62n]) {
      await expect(hold(actor, amount)).rejects.toMatchObject({ reason: 'budgets.amount_out_of_range' });
    }
  });

  it('cannot be had again once it was released', async () => {
    const actor = await makeWorkspace();
    const jobId = randomUUID();
    await hold(actor, usd(1), jobId);
    await release(actor, jobId);
    await expect(hold(actor, usd(1), jobId)).rejects.toMatchObject({ reason: 'budgets.hold_closed' });
  });
});

describe('a settlement', () => {
  it('twice, and twice at once, is one charge and one release', async () => {
    const actor = await makeWorkspace();
    const { id } = await budgets.create(actor, aBudget());
    const jobId = randomUUID();
    await hold(actor, usd(3), jobId);
    const at = await Promise.all([settle(actor, jobId, usd(2)), settle(actor, jobId, usd(2))]);
    const again = await settle(actor, jobId, usd(2.5));
    const figures = { charged: usd(2), released: usd(3) };
    expect([...at, again].map(({ charged, released }) => ({ charged, released }))).toEqual([figures, figures, figures]);
    expect(at.filter((each) => !each.repeated)).toHaveLength(1);
    expect(again.repeated).toBe(true);
    expect(await balance(actor, id)).toEqual({ spent: usd(2), held: 0n });
    expect((await entries(actor)).map((entry) => entry.kind).sort()).toEqual(['charge', 'hold', 'release']);
  });

  it('of 0 only releases', async () => {
    const actor = await makeWorkspace();
    const jobId = randomUUID();
    await hold(actor, usd(3), jobId);
    expect(await settle(actor, jobId, 0n)).toEqual({ charged: 0n, released: usd(3), repeated: false });
    expect(await settle(actor, jobId, 0n)).toEqual({ charged: 0n, released: usd(3), repeated: true });
  });

  it('books more than was held, because the provider bills it, and keeps the connection and the sum', async () => {
    const actor = await makeWorkspace();
    const jobId = randomUUID();
    await hold(actor, usd(1), jobId);
    expect(await settle(actor, jobId, usd(4))).toMatchObject({ charged: usd(4), released: usd(1) });
    const charge = (await entries(actor)).find((entry) => entry.kind === 'charge');
    expect(charge).toMatchObject({ jobId, connectionId, details: { charge: '4' } });
  });

  it('after a release still books what was really spent', async () => {
    const actor = await makeWorkspace();
    const jobId = randomUUID();
    await hold(actor, usd(3), jobId);
    expect(await release(actor, jobId)).toEqual({ released: usd(3) });
    expect(await release(actor, jobId)).toEqual({ released: 0n });
    expect(await settle(actor, jobId, usd(2))).toMatchObject({ charged: usd(2), repeated: false });
  });

  it('that is rolled back leaves the hold open', async () => {
    const actor = await makeWorkspace();
    const { id } = await budgets.create(actor, aBudget());
    const jobId = randomUUID();
    await hold(actor, usd(3), jobId);
    const crash = inTransaction(async (tx) => {
      await budgets.settle(tx, { workspaceId: actor.workspaceId, jobId, charge: usd(1), description: 'x' });
      throw new Error('crash');
    });
    await expect(crash).rejects.toThrow('crash');
    expect(await balance(actor, id)).toEqual({ spent: 0n, held: usd(3) });
    expect(await settle(actor, jobId, usd(1))).toMatchObject({ charged: usd(1), repeated: false });
  });
});
