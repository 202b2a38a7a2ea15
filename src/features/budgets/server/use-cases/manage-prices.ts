import type { Actor } from '@/lib/actor';
import { toDecimalUsd } from '@/lib/money';
import { type Price, type PriceSetInput, priceSetInput } from '../../budget.schema';
import { curatedPrices } from '../../prices.data';
import type { BudgetDeps } from '../budget.service';

export const listPrices =
  ({ priceQueries }: Pick<BudgetDeps, 'priceQueries'>) =>
  (actor: Actor): Promise<Price[]> => {
    actor.require('budgets:read');
    return priceQueries.effective(actor.workspaceId);
  };

/** Sets the workspace's own price of one unit, which wins over the curated one; null takes it away again. */
export const setPrice =
  ({ prices, inTransaction, clock, audit }: Pick<BudgetDeps, 'prices' | 'inTransaction' | 'clock' | 'audit'>) =>
  async (actor: Actor, input: PriceSetInput): Promise<void> => {
    actor.require('budgets:manage');
    const { nanoUsdPerUnit, source, note, ...key } = priceSetInput.parse(input);
    await inTransaction(async (tx) => {
      const before = await prices.own(tx, actor.workspaceId, key);
      if (nanoUsdPerUnit === null) {
        if (!before) return;
        await prices.removeOwn(tx, actor.workspaceId, key);
      } else {
        await prices.setOwn(tx, actor.workspaceId, {
          ...key,
          nanoUsdPerUnit,
          source: source || `Typed by ${actor.label}`,
          evidence: 'typed',
          checkedAt: clock.now().toISOString().slice(0, 10),
          note,
        });
      }
      const dollars = (amount: bigint | null | undefined) => (amount == null ? null : toDecimalUsd(amount));
      await audit(tx, actor, {
        action: nanoUsdPerUnit === null ? 'price.removed' : 'price.set',
        subject: 'price',
        details: { ...key, before: dollars(before?.nanoUsdPerUnit), after: dollars(nanoUsdPerUnit) },
      });
    });
  };

export const seedPrices =
  ({ prices, inTransaction }: Pick<BudgetDeps, 'prices' | 'inTransaction'>) =>
  (): Promise<number> =>
    inTransaction((tx) => prices.replaceCurated(tx, curatedPrices));
