import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import type { Money } from '@/lib/money';
import type { Tx } from '@/lib/transaction';
import type {
  Budget,
  BudgetCreateInput,
  BudgetSummary,
  BudgetUpdateInput,
  EstimateInput,
  LedgerEntry,
  LedgerInput,
  Price,
  PriceSetInput,
  PriceSheet,
  TrainingEstimate,
} from '../budget.schema';

export interface HoldRequest {
  jobId: string;
  connectionId: string;
  /** What is reserved: the high end of the estimate, or the cap that a person typed. 0 is allowed (free providers). */
  amount: Money;
  description: string;
  details?: Record<string, unknown>;
}

export interface BudgetWarning {
  budgetId: string;
  name: string;
  message: string;
}

export interface Settlement {
  workspaceId: string;
  jobId: string;
  /** What the run really cost. */
  charge: Money;
  description: string;
  /** The arithmetic and the price used, for the ledger. */
  details?: Record<string, unknown>;
}

export interface ChargeRequest {
  workspaceId: string;
  /** Unique per thing charged (`message:<id>`): the same key twice is one charge. */
  key: string;
  amount: Money;
  agentId?: string;
  connectionId?: string;
  description: string;
  details?: Record<string, unknown>;
}

export interface BudgetService {
  summary(actor: Actor): Promise<BudgetSummary>;
  list(actor: Actor): Promise<Budget[]>;
  create(actor: Actor, input: BudgetCreateInput): Promise<Budget>;
  update(actor: Actor, input: BudgetUpdateInput): Promise<Budget>;
  delete(actor: Actor, id: string): Promise<void>;
  ledger(actor: Actor, input: LedgerInput): Promise<Page<LedgerEntry>>;
  prices(actor: Actor): Promise<Price[]>;
  setPrice(actor: Actor, input: PriceSetInput): Promise<void>;
  /** Permission-checked form of estimateTraining. */
  estimate(actor: Actor, input: EstimateInput): Promise<TrainingEstimate>;

  priceFor(workspaceId: string, connectionKind: string, model: string): Promise<PriceSheet>;
  estimateTraining(workspaceId: string, input: EstimateInput): Promise<TrainingEstimate>;

  /**
   * Checks every budget that covers the job and reserves the amount, in one atomic statement order (rows locked by id).
   * Holding twice for the same job is one hold.
   *
   * @returns warnings of budgets that only warn
   * @throws budget_exceeded `budgets.cap_reached` with the arithmetic in message and details; nothing is held then
   */
  hold(tx: Tx, actor: Actor, request: HoldRequest): Promise<{ held: Money; warnings: BudgetWarning[] }>;

  /** Releases the job's hold and charges what it cost. Twice with the same job = once. A charge of 0 only releases. */
  settle(tx: Tx, request: Settlement): Promise<{ charged: Money; released: Money; repeated: boolean }>;

  /** Releases the job's hold without a charge (never launched, rejected). Idempotent. */
  release(tx: Tx, request: { workspaceId: string; jobId: string; description: string }): Promise<{ released: Money }>;

  /** Books a cost that needed no hold (inference). Returns false when the key was booked before. */
  charge(tx: Tx | undefined, request: ChargeRequest): Promise<boolean>;

  /** Before a paid call: @throws budget_exceeded when a blocking budget that covers it has nothing left. */
  assertCanSpend(workspaceId: string, scope: { agentId?: string; connectionId?: string }): Promise<void>;

  /** Looks at every active budget of every workspace: warns at 80 %, emits `budget/breached` over the limit. */
  checkBudgets(): Promise<{ warned: number; breached: number }>;

  /** Writes the curated price list into the database. Safe to repeat. */
  seedPrices(): Promise<number>;
}
