import { tracked } from '@trpc/server';
import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageOf } from '@/lib/keyset';
import { router, workspaceProcedure } from '@/platform/trpc/procedures';
import { withMappedErrors } from '@/platform/trpc/stream';
import { analysisInput, versionAnalysis } from '../analysis.schema';
import { changeInput, changeMade, changePreview } from '../change.schema';
import {
  type DatasetDetail,
  datasetDetail,
  datasetListInput,
  datasetSummary,
  datasetUpdateInput,
  exampleDetail,
  exampleListInput,
  exampleSummary,
  importFileInput,
  importStarted,
  importTextInput,
  problemListInput,
  problemPage,
  validationReport,
  versionRef,
  versionStats,
} from '../dataset.schema';
import { diffInput, diffRowPage, diffRowsInput, versionDiff } from '../diff.schema';
import { exampleRef, exampleTokens } from '../example-tokens.schema';
import { exportDigest, exportDigestInput } from '../export.schema';
import { firstRows } from '../first-rows.schema';
import { leftOutRow, leftOutRowInput } from '../left-out.schema';
import { scoresInput, versionScores } from '../score.schema';
import type { DatasetService } from './dataset.service';

const byId = z.object({ id: idSchema });

export const createDatasetRouter = (datasets: DatasetService) =>
  router({
    list: workspaceProcedure
      .input(datasetListInput)
      .output(pageOf(datasetSummary))
      .query(({ ctx, input }) => datasets.list(ctx.actor, input)),
    get: workspaceProcedure
      .input(byId)
      .output(datasetDetail)
      .query(({ ctx, input }) => datasets.get(ctx.actor, input.id)),
    /** A file whose upload ended: starts the import. */
    create: workspaceProcedure
      .input(importFileInput)
      .output(importStarted)
      .mutation(({ ctx, input }) => datasets.importFile(ctx.actor, input)),
    createFromText: workspaceProcedure
      .input(importTextInput)
      .output(importStarted)
      .mutation(({ ctx, input }) => datasets.importText(ctx.actor, input)),
    update: workspaceProcedure
      .input(datasetUpdateInput)
      .output(datasetDetail)
      .mutation(({ ctx, input }) => datasets.update(ctx.actor, input)),
    delete: workspaceProcedure.input(byId).mutation(({ ctx, input }) => datasets.delete(ctx.actor, input.id)),
    validate: workspaceProcedure
      .input(versionRef)
      .output(importStarted)
      .mutation(({ ctx, input }) => datasets.validate(ctx.actor, input)),
    cancelImport: workspaceProcedure
      .input(versionRef)
      .mutation(({ ctx, input }) => datasets.cancelImport(ctx.actor, input)),
    firstRows: workspaceProcedure
      .input(versionRef)
      .output(firstRows)
      .query(({ ctx, input }) => datasets.firstRows(ctx.actor, input)),
    report: workspaceProcedure
      .input(versionRef)
      .output(validationReport)
      .query(({ ctx, input }) => datasets.report(ctx.actor, input)),
    problems: workspaceProcedure
      .input(problemListInput)
      .output(problemPage)
      .query(({ ctx, input }) => datasets.problems(ctx.actor, input)),
    examples: workspaceProcedure
      .input(exampleListInput)
      .output(pageOf(exampleSummary))
      .query(({ ctx, input }) => datasets.examples(ctx.actor, input)),
    example: workspaceProcedure
      .input(z.object({ datasetId: idSchema, id: idSchema }))
      .output(exampleDetail)
      .query(({ ctx, input }) => datasets.example(ctx.actor, input)),
    exampleNow: workspaceProcedure
      .input(versionRef.extend({ id: idSchema }))
      .output(exampleDetail.nullable())
      .query(({ ctx, input }) => datasets.exampleNow(ctx.actor, input)),
    exampleTokens: workspaceProcedure
      .input(exampleRef)
      .output(exampleTokens)
      .query(({ ctx, input }) => datasets.exampleTokens(ctx.actor, input)),
    stats: workspaceProcedure
      .input(analysisInput)
      .output(versionStats.nullable())
      .query(({ ctx, input }) => datasets.stats(ctx.actor, input)),
    scores: workspaceProcedure
      .input(scoresInput)
      .output(versionScores)
      .query(({ ctx, input }) => datasets.scores(ctx.actor, input)),
    analysis: workspaceProcedure
      .input(analysisInput)
      .output(versionAnalysis)
      .query(({ ctx, input }) => datasets.analysis(ctx.actor, input)),
    diff: workspaceProcedure
      .input(diffInput)
      .output(versionDiff)
      .query(({ ctx, input }) => datasets.diff(ctx.actor, input)),
    diffRows: workspaceProcedure
      .input(diffRowsInput)
      .output(diffRowPage)
      .query(({ ctx, input }) => datasets.diffRows(ctx.actor, input)),
    leftOutRow: workspaceProcedure
      .input(leftOutRowInput)
      .output(leftOutRow)
      .query(({ ctx, input }) => datasets.leftOutRow(ctx.actor, input)),
    exportDigest: workspaceProcedure
      .input(exportDigestInput)
      .output(exportDigest)
      .query(({ ctx, input, signal }) => datasets.exportDigest(ctx.actor, input, signal)),
    /** Changes nothing; a mutation because an example may be far longer than an address. */
    previewChange: workspaceProcedure
      .input(changeInput)
      .output(changePreview)
      .mutation(({ ctx, input }) => datasets.previewChange(ctx.actor, input)),
    /** Makes the next version; the version that was looked at stays as it is. */
    change: workspaceProcedure
      .input(changeInput)
      .output(changeMade)
      .mutation(({ ctx, input }) => datasets.change(ctx.actor, input)),
    /** The whole dataset after each change. State, not history: a client that reconnects gets what is true now. */
    watch: workspaceProcedure.input(byId.extend({ lastEventId: z.string().nullish() })).subscription(async function* ({
      ctx,
      input,
      signal,
    }) {
      const changes = datasets.watch(ctx.actor, input.id, signal ?? new AbortController().signal);
      yield* withMappedErrors(numbered(changes), ctx.requestId);
    }),
  });

async function* numbered(changes: AsyncIterable<DatasetDetail>) {
  for await (const dataset of changes) yield tracked(String(dataset.updatedAt.getTime()), dataset);
}
