import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageOf } from '@/lib/keyset';
import { router, workspaceProcedure } from '@/platform/trpc/procedures';
import { modelDetail, modelListInput, modelSummary, modelUpdateInput } from '../model.schema';
import type { ModelService } from './model.service';

const byId = z.object({ id: idSchema });

export const createModelRouter = (models: ModelService) =>
  router({
    list: workspaceProcedure
      .input(modelListInput)
      .output(pageOf(modelSummary))
      .query(({ ctx, input }) => models.list(ctx.actor, input)),
    get: workspaceProcedure
      .input(byId)
      .output(modelDetail)
      .query(({ ctx, input }) => models.get(ctx.actor, input.id)),
    update: workspaceProcedure
      .input(modelUpdateInput)
      .output(modelDetail)
      .mutation(({ ctx, input }) => models.update(ctx.actor, input)),
    delete: workspaceProcedure.input(byId).mutation(({ ctx, input }) => models.delete(ctx.actor, input.id)),
  });
