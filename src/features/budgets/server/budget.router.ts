import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { router, workspaceProcedure } from '@/platform/trpc/procedures';
import {
  budgetCreateInput,
  budgetSchema,
  budgetSummarySchema,
  budgetUpdateInput,
  estimateInput,
  ledgerInput,
  ledgerPage,
  priceSchema,
  priceSetInput,
  trainingEstimateSchema,
} from '../budget.schema';
import type { BudgetService } from './budget.service';

export const createBudgetRouter = (budgets: BudgetService) =>
  router({
    summary: workspaceProcedure.output(budgetSummarySchema).query(({ ctx }) => budgets.summary(ctx.actor)),
    list: workspaceProcedure.output(z.array(budgetSchema)).query(({ ctx }) => budgets.list(ctx.actor)),
    create: workspaceProcedure
      .input(budgetCreateInput)
      .output(budgetSchema)
      .mutation(({ ctx, input }) => budgets.create(ctx.actor, input)),
    update: workspaceProcedure
      .input(budgetUpdateInput)
      .output(budgetSchema)
      .mutation(({ ctx, input }) => budgets.update(ctx.actor, input)),
    delete: workspaceProcedure
      .input(z.object({ id: idSchema }))
      .mutation(({ ctx, input }) => budgets.delete(ctx.actor, input.id)),
    ledger: workspaceProcedure
      .input(ledgerInput)
      .output(ledgerPage)
      .query(({ ctx, input }) => budgets.ledger(ctx.actor, input)),
    prices: workspaceProcedure.output(z.array(priceSchema)).query(({ ctx }) => budgets.prices(ctx.actor)),
    setPrice: workspaceProcedure.input(priceSetInput).mutation(({ ctx, input }) => budgets.setPrice(ctx.actor, input)),
    estimate: workspaceProcedure
      .input(estimateInput)
      .output(trainingEstimateSchema)
      .query(({ ctx, input }) => budgets.estimate(ctx.actor, input)),
  });
