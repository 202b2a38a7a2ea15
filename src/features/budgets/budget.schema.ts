import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageInput, pageOf } from '@/lib/keyset';
import { NANO_USD } from '@/lib/money';
import { moneySchema } from '@/lib/money-schema';
import { ledgerKinds, priceUnits } from './budget-words.rules';

export type PriceUnit = (typeof priceUnits)[number];

/** How sure a price is: read in the provider's documentation or specification, told by others, or typed by a person here. */
export const evidenceLabels = ['documentation', 'specification', 'third_party', 'typed'] as const;

export type Evidence = (typeof evidenceLabels)[number];

export const priceSchema = z.object({
  provider: z.string(),
  model: z.string(),
  unit: z.enum(priceUnits),
  nanoUsdPerUnit: moneySchema,
  source: z.string(),
  evidence: z.enum(evidenceLabels),
  /** ISO date on which somebody last looked. */
  checkedAt: z.string(),
  note: z.string().nullable(),
  /** Typed in this workspace; wins over the curated price. */
  own: z.boolean(),
});

export type Price = z.infer<typeof priceSchema>;

/** Every known price of one model at one kind of provider. A missing unit is unknown, never free. */
export interface PriceSheet {
  provider: string;
  model: string;
  /** The provider costs nothing by nature; then no price is needed. */
  free: boolean;
  freeReason: string | null;
  prices: Partial<Record<PriceUnit, Price>>;
}

export const trainingEstimateSchema = z.object({
  /** Null = the price is unknown: ask a person for a cap. */
  low: moneySchema.nullable(),
  expected: moneySchema.nullable(),
  high: moneySchema.nullable(),
  /** The calculation spelled out, one line per step. */
  arithmetic: z.array(z.string()),
  source: z.string().nullable(),
  evidence: z.enum(evidenceLabels).nullable(),
  /** ISO date of the price. */
  checkedAt: z.string().nullable(),
  free: z.boolean(),
  freeReason: z.string().nullable(),
  unknownReason: z.string().nullable(),
  /** What the tuned model costs afterwards, in one sentence. */
  serving: z.string().nullable(),
});

export type TrainingEstimate = z.infer<typeof trainingEstimateSchema>;

const epochCount = z.number().int().min(1).max(1000);

export const estimateInput = z.object({
  connectionKind: z.string(),
  baseModel: z.string(),
  /** Tokens of the training split, counted once. Exact. */
  trainTokens: z.number().int().nonnegative(),
  validationTokens: z.number().int().nonnegative().default(0),
  /** Examples of the training split: `auto` epochs depend on it. */
  trainExamples: z.number().int().nonnegative().default(0),
  /** A fixed number, or the range that `auto` may become. */
  epochs: z.object({ low: epochCount, expected: epochCount, high: epochCount }),
  method: z.literal('sft').default('sft'),
  /** The connection's capability record says that it costs nothing by nature. */
  free: z.boolean().default(false),
});

export type EstimateInput = z.input<typeof estimateInput>;

export const budgetScopes = ['workspace', 'connection', 'agent'] as const;
export const budgetPeriods = ['month', 'total'] as const;
export const breachActions = ['block', 'cancel', 'warn'] as const;

export const budgetSchema = z.object({
  id: idSchema,
  name: z.string(),
  scope: z.enum(budgetScopes),
  scopeId: idSchema.nullable(),
  period: z.enum(budgetPeriods),
  limit: moneySchema,
  onBreach: z.enum(breachActions),
  active: z.boolean(),
  createdAt: z.date(),
  /** Charged in the current period. */
  spent: moneySchema,
  /** Reserved by jobs that have not ended. */
  held: moneySchema,
});

export type Budget = z.infer<typeof budgetSchema>;

const name = z.string().trim().min(1, 'Give it a name').max(80, 'At most 80 characters');
/** Far above any bill, far below what a 64-bit sum of many entries can hold: one thousand million dollars. */
export const MAX_AMOUNT = 1_000_000_000n * NANO_USD;

const limit = moneySchema
  .refine((value) => value >= 0n, 'A budget cannot be negative')
  .refine((value) => value <= MAX_AMOUNT, 'At most $1,000,000,000');

export const budgetCreateInput = z
  .object({
    name,
    scope: z.enum(budgetScopes).default('workspace'),
    scopeId: idSchema.nullable().default(null),
    period: z.enum(budgetPeriods),
    limit,
    onBreach: z.enum(breachActions).default('block'),
  })
  .refine((value) => (value.scope === 'workspace') === (value.scopeId === null), {
    path: ['scopeId'],
    message: 'Choose what this budget covers',
  });

export type BudgetCreateInput = z.infer<typeof budgetCreateInput>;

export const budgetUpdateInput = z.object({
  id: idSchema,
  name: name.optional(),
  limit: limit.optional(),
  period: z.enum(budgetPeriods).optional(),
  onBreach: z.enum(breachActions).optional(),
  active: z.boolean().optional(),
});

export type BudgetUpdateInput = z.infer<typeof budgetUpdateInput>;

export const ledgerEntrySchema = z.object({
  id: idSchema,
  kind: z.enum(ledgerKinds),
  /** Signed: holds and charges are positive, releases and refunds negative. */
  amount: moneySchema,
  description: z.string(),
  jobId: idSchema.nullable(),
  connectionId: idSchema.nullable(),
  agentId: idSchema.nullable(),
  createdAt: z.date(),
});

export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

export const ledgerInput = pageInput.extend({ kind: z.enum(ledgerKinds).nullish(), jobId: idSchema.nullish() });
export type LedgerInput = z.input<typeof ledgerInput>;
export const ledgerPage = pageOf(ledgerEntrySchema);

export const budgetSummarySchema = z.object({
  /** Charges less refunds since the first of the month (UTC). */
  spentThisMonth: moneySchema,
  spentLastMonth: moneySchema,
  held: moneySchema,
  /** Straight line from this month's daily average; null in the first two days. */
  forecast: moneySchema.nullable(),
  budgets: z.array(budgetSchema),
  /** Charges per day of this month, for the small chart. */
  days: z.array(z.object({ date: z.string(), amount: moneySchema })),
});

export type BudgetSummary = z.infer<typeof budgetSummarySchema>;

export const priceSetInput = z.object({
  provider: z.string().trim().min(1).max(80),
  model: z.string().trim().min(1).max(200),
  unit: z.enum(priceUnits),
  /** Null removes the workspace's own price; the curated one applies again. */
  nanoUsdPerUnit: moneySchema
    .refine((value) => value >= 0n, 'A price cannot be negative')
    .refine((value) => value <= MAX_AMOUNT, 'At most $1,000,000,000')
    .nullable(),
  source: z.string().trim().max(500).default(''),
  note: z.string().trim().max(500).nullable().default(null),
});

export type PriceSetInput = z.input<typeof priceSetInput>;
