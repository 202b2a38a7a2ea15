import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Actor, makeActor } from '@/lib/actor';
import { usd } from '@/lib/money';
import { database } from '@/platform/db/database';
import { aBudget, balance, budgets, call, clock, hold, makeAgent, makeWorkspace, settle } from '@/testing/budgets';

describe('the check of all budgets', () => {
  const outbox = async (actor: Actor) =>
    (await database().outboxEvent.findMany({ orderBy: { createdAt: 'asc' } }))
      .map(({ name, data }) => ({ name, data: data as Record<string, unknown> }))
      .filter(({ data }) => data.workspaceId === actor.workspaceId);

  it('warns at 80 %, and tells once that a limit with cancel is passed, from whatever process', async () => {
    const actor = await makeWorkspace();
    const { id } = await budgets.create(actor, aBudget({ onBreach: 'cancel' }));
    await call(actor, usd(7.9));
    await budgets.checkBudgets();
    expect(await outbox(actor)).toEqual([]);
    await call(actor, usd(0.1));
    await Promise.all([budgets.checkBudgets(), budgets.checkBudgets()]);
    const data = { budgetId: id, workspaceId: actor.workspaceId, connectionId: null };
    expect(await outbox(actor)).toEqual([{ name: 'budget/warned', data }]);
    await call(actor, usd(2.1));
    await Promise.all([budgets.checkBudgets(), budgets.checkBudgets(), budgets.checkBudgets()]);
    await budgets.checkBudgets();
    expect((await outbox(actor)).map(({ name }) => name)).toEqual(['budget/warned', 'budget/breached']);
  });

  it('tells again in the next month, and after the limit was changed', async () => {
    const actor = await makeWorkspace();
    const { id } = await budgets.create(actor, aBudget({ onBreach: 'cancel' }));
    const before = clock.time;
    try {
      await call(actor, usd(11));
      await budgets.checkBudgets();
      clock.time = new Date(clock.time.getTime() + 60_000);
      await budgets.update(actor, { id, limit: usd(10.5) });
      await budgets.checkBudgets();
      expect(await outbox(actor)).toHaveLength(2);
      clock.time = new Date('2026-12-02T00:00:00.000Z');
      await budgets.checkBudgets();
      expect(await outbox(actor)).toHaveLength(2);
      await call(actor, usd(11));
      await budgets.checkBudgets();
      expect(await outbox(actor)).toHaveLength(3);
    } finally {
      clock.time = before;
    }
  });

  it('asks nobody to cancel for a budget that blocks', async () => {
    const actor = await makeWorkspace();
    await budgets.create(actor, aBudget());
    await call(actor, usd(11));
    expect((await budgets.checkBudgets()).breached).toBeGreaterThanOrEqual(1);
    expect(await outbox(actor)).toEqual([]);
  });
});

describe('budgets and the ledger', () => {
  it('leave an audit row for each change', async () => {
    const actor = await makeWorkspace();
    const { id } = await budgets.create(actor, aBudget());
    await budgets.update(actor, { id, limit: usd(20), name: 'Bigger' });
    await budgets.delete(actor, id);
    const rows = await database().auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } });
    expect(rows.map(({ action }) => action)).toEqual(['budget.created', 'budget.updated', 'budget.deleted']);
    expect(rows[1]?.details).toMatchObject({ before: { limit: '10', name: 'Team' }, after: { limit: '20' } });
  });

  it('are nobody else’s to see or to touch', async () => {
    const [mine, theirs] = [await makeWorkspace(), await makeWorkspace()];
    const { id } = await budgets.create(mine, aBudget());
    const jobId = randomUUID();
    await hold(mine, usd(1), jobId);
    expect(await budgets.list(theirs)).toEqual([]);
    expect((await budgets.ledger(theirs, { jobId })).items).toEqual([]);
    expect(await budgets.summary(theirs)).toMatchObject({ held: 0n, budgets: [] });
    const missing = { kind: 'not_found', reason: 'budgets.not_found' };
    await expect(budgets.update(theirs, { id, limit: 0n })).rejects.toMatchObject(missing);
    await expect(budgets.delete(theirs, id)).rejects.toMatchObject(missing);
    expect(await settle(theirs, jobId, 0n)).toMatchObject({ released: 0n });
    expect(await balance(mine, id)).toEqual({ spent: 0n, held: usd(1) });
    const agent = await makeAgent(mine);
    await expect(budgets.create(theirs, aBudget({ scope: 'agent', scopeId: agent.id }))).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('are read with budgets:read and changed with budgets:manage only', async () => {
    const { workspaceId } = await makeWorkspace();
    const who = { kind: 'user', id: null, label: 'Vi', workspaceId, role: 'viewer' } as const;
    const viewer = makeActor({ ...who, allowed: ['budgets:read'] });
    expect(await budgets.list(viewer)).toEqual([]);
    await expect(budgets.create(viewer, aBudget())).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(hold(viewer, 0n)).rejects.toMatchObject({ kind: 'forbidden' });
    const nobody = makeActor({ ...who, allowed: [] });
    for (const read of [budgets.list, budgets.summary, budgets.prices]) {
      await expect(async () => read(nobody)).rejects.toMatchObject({ kind: 'forbidden' });
    }
  });

  it('pages the ledger newest first, without a gap or a repeat, and filters it', async () => {
    const actor = await makeWorkspace();
    for (let index = 0; index < 5; index++) await call(actor, BigInt(index + 1));
    await hold(actor, usd(1));
    const first = await budgets.ledger(actor, { limit: 4 });
    const second = await budgets.ledger(actor, { limit: 4, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map((entry) => entry.amount)).toEqual([usd(1), 5n, 4n, 3n, 2n, 1n]);
    expect(second.nextCursor).toBeNull();
    expect((await budgets.ledger(actor, { kind: 'hold' })).items).toHaveLength(1);
  });

  it('does not let an entry be changed or deleted', async () => {
    const actor = await makeWorkspace();
    await call(actor, 1n);
    const where = { workspaceId: actor.workspaceId };
    await expect(database().ledgerEntry.updateMany({ where, data: { amountNanoUsd: 0n } })).rejects.toThrow(
      'append-only',
    );
    await expect(database().ledgerEntry.deleteMany({ where })).rejects.toThrow('append-only');
    await expect(database().$executeRaw`TRUNCATE ledger_entries`).rejects.toThrow('append-only');
  });

  it('read balances from indexes alone', async () => {
    const actor = await makeWorkspace();
    await database().$executeRaw`
      INSERT INTO ledger_entries (workspace_id, kind, amount_nano_usd, key, description, created_at)
      SELECT ${actor.workspaceId}::uuid, 'charge', 1000, 'message:' || n, 'A call', ${clock.time}::timestamptz - n * interval '1 second'
      FROM generate_series(1, 50000) AS n`;
    await database().$executeRaw`VACUUM ANALYZE ledger_entries`;
    const { id } = await budgets.create(actor, aBudget({ period: 'total', limit: usd(100) }));
    const plan = await database().$queryRaw<{ 'QUERY PLAN': string }[]>`
      EXPLAIN SELECT sum(amount_nano_usd) FROM ledger_entries
      WHERE workspace_id = ${actor.workspaceId}::uuid AND kind IN ('charge', 'refund') AND created_at >= ${clock.time}`;
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('Index Only Scan using ledger_entries_spent');
    const started = performance.now();
    await hold(actor, usd(1));
    console.info(`hold over 50,000 charges: ${Math.round(performance.now() - started)} ms`);
    expect(await balance(actor, id)).toEqual({ spent: 50_000_000n, held: usd(1) });
  });
});
