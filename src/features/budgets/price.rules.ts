import { type Money, toDecimalUsd } from '@/lib/money';
import type { Price, PriceSheet, PriceUnit } from './budget.schema';

const FREE_KINDS: Readonly<Record<string, string>> = {
  builtin: 'The built-in trainer runs on your own machine, so nobody sends a bill for it.',
};

/** Why a kind of connection costs nothing by nature, or null when it may cost something. */
export const freeReasonOf = (connectionKind: string): string | null => FREE_KINDS[connectionKind] ?? null;

/**
 * Names under which a price of this model may stand, the most exact first. A fine-tune is called
 * `ft:<base>:<organisation>:<suffix>:<id>` and priced as `ft:<base>`, whoever made it.
 * Source: OpenAI's naming of fine-tunes.
 */
export function priceNames(model: string): string[] {
  const [prefix, base] = model.split(':');
  const family = prefix === 'ft' && base ? `ft:${base}` : model;
  return family === model ? [model] : [model, family];
}

/** The name under which the prices of calls to a fine-tune of this base stand. */
export const tunedName = (baseModel: string): string => (baseModel.startsWith('ft:') ? baseModel : `ft:${baseModel}`);

/**
 * One price per unit: a workspace's own wins over a curated one, and of those the more exact name wins.
 * @param rows prices of this provider under any of `priceNames(model)`
 */
export function sheetOf(provider: string, model: string, rows: readonly Price[]): PriceSheet {
  const names = priceNames(model);
  const rank = (price: Price) => (price.own ? 0 : names.length) + names.indexOf(price.model);
  const prices: Partial<Record<PriceUnit, Price>> = {};
  for (const row of rows) {
    const best = prices[row.unit];
    if (names.includes(row.model) && (!best || rank(row) < rank(best))) prices[row.unit] = row;
  }
  const freeReason = freeReasonOf(provider);
  return { provider, model, free: freeReason !== null, freeReason, prices };
}

/** Dollars to the last digit, so that sums shown to a person add up: "$0.459123", "$12.40". */
export function exactUsd(amount: Money): string {
  const text = toDecimalUsd(amount < 0n ? -amount : amount);
  const [whole = '0', fraction = ''] = text.split('.');
  return `${amount < 0n ? '-' : ''}$${whole}.${fraction.padEnd(2, '0')}`;
}

/** "$3.00 per 1,000,000": nobody thinks in dollars per token. */
export const perMillion = (nanoUsdPerUnit: Money): string => exactUsd(nanoUsdPerUnit * 1_000_000n);
