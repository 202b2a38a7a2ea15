import type { Actor } from '@/lib/actor';
import type { EstimateInput, PriceSheet, TrainingEstimate } from '../../budget.schema';
import { estimateTraining } from '../../estimate.rules';
import { priceNames, sheetOf, tunedName } from '../../price.rules';
import { billingOf } from '../../prices.data';
import type { BudgetDeps } from '../budget.service';

type Deps = Pick<BudgetDeps, 'priceQueries'>;

/** Every known price of the model. A fine-tune (`ft:<base>:...`) is priced as a tuned <base>. */
export const priceFor =
  ({ priceQueries }: Deps) =>
  async (workspaceId: string, connectionKind: string, model: string): Promise<PriceSheet> =>
    sheetOf(connectionKind, model, await priceQueries.named(workspaceId, connectionKind, priceNames(model)));

export const estimateRun =
  (deps: Deps) =>
  async (workspaceId: string, input: EstimateInput): Promise<TrainingEstimate> => {
    const { connectionKind, baseModel } = input;
    const [sheet, tuned] = await Promise.all([
      priceFor(deps)(workspaceId, connectionKind, baseModel),
      priceFor(deps)(workspaceId, connectionKind, tunedName(baseModel)),
    ]);
    return estimateTraining(input, sheet, tuned, billingOf(connectionKind));
  };

export const showEstimate =
  (deps: Deps) =>
  (actor: Actor, input: EstimateInput): Promise<TrainingEstimate> => {
    actor.require('budgets:read');
    return estimateRun(deps)(actor.workspaceId, input);
  };
