import type { Money } from '@/lib/money';
import type { Evidence, PriceUnit } from './budget.schema';

/**
 * The curated price list. Only what somebody found written down stands here, each with the page a curator must open and
 * the day it was last looked at. What was not found is absent: unknown is never filled in and never free.
 */
export interface CuratedPrice {
  provider: string;
  model: string;
  unit: PriceUnit;
  nanoUsdPerUnit: Money;
  source: string;
  evidence: Evidence;
  /** ISO date. */
  checkedAt: string;
  note: string | null;
}

const OPENAI_PRICING = 'https://platform.openai.com/docs/pricing';
const CHECKED = '2026-11-22';
const MIRRORED = 'Read in a mirror of this page, not on the page itself. Jobs start until 2027-01-05';

/** Dollars per 1,000,000 tokens, as price pages print them: [training, input, cached input, output]. */
const openAiPerMillion: Record<string, readonly [number, number, number, number]> = {
  'gpt-4.1-2025-04-14': [25, 3, 0.75, 12],
  'gpt-4.1-mini-2025-04-14': [5, 0.8, 0.2, 3.2],
  'gpt-4o-2024-08-06': [25, 3.75, 1.875, 15],
  'gpt-4o-mini-2024-07-18': [3, 0.3, 0.15, 1.2],
};

/** One dollar per million is a thousand nano-dollars each. Printed prices have at most three decimals, so this is exact. */
const perToken = (dollarsPerMillion: number): Money => BigInt(Math.round(dollarsPerMillion * 1000));

const openAiRow = (model: string, unit: PriceUnit, dollarsPerMillion: number, note: string): CuratedPrice => ({
  provider: 'openai',
  model,
  unit,
  nanoUsdPerUnit: perToken(dollarsPerMillion),
  source: OPENAI_PRICING,
  evidence: 'third_party',
  checkedAt: CHECKED,
  note,
});

// A tuned model costs more to call than its base, so its inference prices stand under `ft:<base>`: the base's own are unknown here.
export const curatedPrices: readonly CuratedPrice[] = Object.entries(openAiPerMillion).flatMap(
  ([base, [training, input, cached, output]]) => [
    openAiRow(base, 'training_token', training, `${MIRRORED}.`),
    openAiRow(`ft:${base}`, 'input_token', input, `${MIRRORED}, tuned models answer until 2027-01-13.`),
    openAiRow(`ft:${base}`, 'cached_input_token', cached, `${MIRRORED}, tuned models answer until 2027-01-13.`),
    openAiRow(`ft:${base}`, 'output_token', output, `${MIRRORED}, tuned models answer until 2027-01-13.`),
  ],
);

/** How a kind of provider turns a run into a bill. */
export interface BillingRule {
  validation: 'free' | 'unknown';
  /** Smallest bill for one run; null = none is documented. */
  minimumCharge: Money | null;
  /** What a tuned model costs while nobody calls it. */
  idle: 'free' | 'unknown';
}

const unknownBilling: BillingRule = { validation: 'unknown', minimumCharge: null, idle: 'unknown' };

/**
 * OpenAI bills training tokens x epochs x rate, no validation tokens, and no hosting (third parties, looked at 2026-11-22;
 * a minimum charge is not documented). Nothing is known of other servers of the same shape.
 */
const billing: Record<string, BillingRule> = {
  openai: { validation: 'free', minimumCharge: null, idle: 'free' },
};

export const billingOf = (provider: string): BillingRule => billing[provider] ?? unknownBilling;
