import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/actor';
import { usd } from '@/lib/money';
import { database } from '@/platform/db/database';
import { budgets, clock, makeWorkspace } from '@/testing/budgets';

describe('prices', () => {
  beforeAll(async () => {
    await budgets.seedPrices();
  });
  const input = { connectionKind: 'openai', trainTokens: 1_000_000, epochs: { low: 1, expected: 1, high: 1 } };
  const key = { provider: 'openai', model: 'gpt-4o-mini-2024-07-18', unit: 'training_token' } as const;

  it('are seeded as often as one likes, and what is no longer on the list becomes unknown', async () => {
    const stray = { ...key, model: 'gone', nanoUsdPerUnit: 1n, source: 'x', evidence: 'documentation' };
    await database().price.create({ data: { ...stray, checkedAt: clock.time } });
    const count = await budgets.seedPrices();
    expect(count).toBeGreaterThan(0);
    expect(await database().price.count({ where: { workspaceId: null } })).toBe(count);
  });

  it('of a workspace win over the curated ones, for this workspace only, until they are taken away', async () => {
    const [actor, other] = [await makeWorkspace(), await makeWorkspace()];
    const estimate = (who: Actor) => budgets.estimate(who, { ...input, baseModel: key.model });
    expect(await estimate(actor)).toMatchObject({ expected: usd(3), checkedAt: '2026-11-22' });
    await budgets.setPrice(actor, { ...key, nanoUsdPerUnit: 4000n });
    expect(await estimate(actor)).toMatchObject({ expected: usd(4), evidence: 'typed', checkedAt: '2026-11-24' });
    expect(await estimate(other)).toMatchObject({ expected: usd(3) });
    const own = (await budgets.prices(actor)).filter((price) => price.model === key.model);
    expect(own).toMatchObject([{ own: true, nanoUsdPerUnit: 4000n, source: 'Typed by Tuneloop' }]);
    await budgets.setPrice(actor, { ...key, nanoUsdPerUnit: null });
    expect(await estimate(actor)).toMatchObject({ expected: usd(3) });
    const audit = await database().auditEntry.findMany({
      where: { workspaceId: actor.workspaceId },
      orderBy: { id: 'asc' },
    });
    expect(audit.map(({ action }) => action)).toEqual(['price.set', 'price.removed']);
  });

  it('that nobody knows make an estimate unknown', async () => {
    const actor = await makeWorkspace();
    for (const [connectionKind, baseModel] of [
      ['openai', 'gpt-9'],
      ['openai_compatible', key.model],
    ] as const) {
      const estimate = await budgets.estimate(actor, { ...input, connectionKind, baseModel });
      expect(estimate).toMatchObject({ low: null, expected: null, high: null, free: false });
      expect(estimate.unknownReason).toContain(baseModel);
    }
  });

  it('of a tuned model are found by its full name', async () => {
    const actor = await makeWorkspace();
    const sheet = await budgets.priceFor(actor.workspaceId, 'openai', `ft:${key.model}:acme:support:8abc`);
    expect(sheet).toMatchObject({ free: false, prices: { input_token: { nanoUsdPerUnit: 300n } } });
    expect(await budgets.priceFor(actor.workspaceId, 'builtin', 'anything')).toMatchObject({ free: true });
  });
});
