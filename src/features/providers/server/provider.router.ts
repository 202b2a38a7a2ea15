import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { router, workspaceProcedure } from '@/platform/trpc/procedures';
import {
  baseModelSchema,
  connectionCreateInput,
  connectionSummarySchema,
  connectionUpdateInput,
} from '../provider.schema';
import type { ProviderService } from './provider.service';

const byId = z.object({ id: idSchema });

export const createProviderRouter = (providers: ProviderService) =>
  router({
    list: workspaceProcedure.output(z.array(connectionSummarySchema)).query(({ ctx }) => providers.list(ctx.actor)),
    get: workspaceProcedure
      .input(byId)
      .output(connectionSummarySchema)
      .query(({ ctx, input }) => providers.get(ctx.actor, input.id)),
    create: workspaceProcedure
      .input(connectionCreateInput)
      .output(connectionSummarySchema)
      .mutation(({ ctx, input }) => providers.create(ctx.actor, input)),
    update: workspaceProcedure
      .input(connectionUpdateInput)
      .output(connectionSummarySchema)
      .mutation(({ ctx, input }) => providers.update(ctx.actor, input)),
    delete: workspaceProcedure.input(byId).mutation(({ ctx, input }) => providers.delete(ctx.actor, input.id)),
    check: workspaceProcedure
      .input(byId)
      .output(connectionSummarySchema)
      .mutation(({ ctx, input }) => providers.check(ctx.actor, input.id)),
    baseModels: workspaceProcedure
      .output(z.array(baseModelSchema))
      .query(({ ctx }) => providers.listBaseModels(ctx.actor)),
  });
