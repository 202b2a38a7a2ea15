import type { Actor } from '@/lib/actor';
import type { Clock } from '@/lib/clock';
import type { Page } from '@/lib/keyset';
import type { Money } from '@/lib/money';
import type { InTransaction, Tx } from '@/lib/transaction';
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
import type { BudgetQueries } from './budget.queries';
import type { BudgetRepository } from './budget.repository';
import type { LedgerQueries } from './ledger.queries';
import type { LedgerRepository } from './ledger.repository';
import type { PriceQueries } from './price.queries';
import type { PriceRepository } from './price.repository';
import { checkBudgets } from './use-cases/check-budgets';
import { estimateRun, priceFor, showEstimate } from './use-cases/estimate-cost';
import { holdMoney } from './use-cases/hold-money';
import { createBudget, deleteBudget, listBudgets, updateBudget } from './use-cases/manage-budgets';
import { listPrices, seedPrices, setPrice } from './use-cases/manage-prices';
import { readLedger, summariseSpending } from './use-cases/read-spending';
import { releaseHold, settleHold } from './use-cases/settle-hold';
import { assertCanSpend, charge } from './use-cases/spend';

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

export interface SpendScope {
  agentId?: string;
  connectionId?: string;
  /** A kind that costs nothing by nature may always be called. */
  connectionKind?: string;
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
   * Holding twice for the same job is one hold. An amount of 0 fits into any budget.
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
  assertCanSpend(workspaceId: string, scope: SpendScope): Promise<void>;

  /** Looks at every active budget of every workspace: warns at 80 %, emits `budget/breached` over the limit. */
  checkBudgets(): Promise<{ warned: number; breached: number }>;

  /** Writes the curated price list into the database. Safe to repeat. */
  seedPrices(): Promise<number>;
}

export interface BudgetDeps {
  budgets: BudgetRepository;
  queries: BudgetQueries;
  ledger: LedgerRepository;
  ledgerQueries: LedgerQueries;
  prices: PriceRepository;
  priceQueries: PriceQueries;
  inTransaction: InTransaction;
  clock: Clock;
  audit(
    tx: Tx,
    actor: Actor,
    entry: { action: string; subject: string; subjectId?: string; details?: Record<string, unknown> },
  ): Promise<void>;
  /**
   * Agents come later in the order of slices, so the composition root hands this in.
   * @throws not_found when the connection or agent is not in the actor's workspace
   */
  assertScope(actor: Actor, scope: 'connection' | 'agent', id: string): Promise<unknown>;
}

/** Prices, estimates, caps, and the append-only ledger whose sums are the only balances there are. */
export const createBudgetService = (deps: BudgetDeps): BudgetService => ({
  summary: summariseSpending(deps),
  list: listBudgets(deps),
  create: createBudget(deps),
  update: updateBudget(deps),
  delete: deleteBudget(deps),
  ledger: readLedger(deps),
  prices: listPrices(deps),
  setPrice: setPrice(deps),
  estimate: showEstimate(deps),
  priceFor: priceFor(deps),
  estimateTraining: estimateRun(deps),
  hold: holdMoney(deps),
  settle: settleHold(deps),
  release: releaseHold(deps),
  charge: charge(deps),
  assertCanSpend: assertCanSpend(deps),
  checkBudgets: checkBudgets(deps),
  seedPrices: seedPrices(deps),
});
