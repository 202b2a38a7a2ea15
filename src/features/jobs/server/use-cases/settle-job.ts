import { z } from 'zod';
import { formatMoney, multiplyUp } from '@/lib/money';
import type { Tx } from '@/lib/transaction';
import { isEnded } from '../../job.rules';
import { tokensSoFar } from '../../progress.rules';
import type { JobRow } from '../job.repository';
import type { JobDeps } from '../job.service';

const priceSnapshot = z.object({
  free: z.boolean(),
  nanoUsdPerToken: z.string().nullable(),
  source: z.string().nullable(),
  checkedAt: z.string().nullable(),
  expectedTokens: z.number(),
});

/** Cost so far in nano-dollars, with its arithmetic; null when the price is unknown. */
export function accruedCost(
  job: Pick<JobRow, 'priceSnapshot' | 'trainedTokens' | 'lastStep' | 'totalSteps'>,
): { amount: bigint; arithmetic: string } | null {
  const price = priceSnapshot.parse(job.priceSnapshot);
  if (price.free) return { amount: 0n, arithmetic: 'free' };
  const tokens = tokensSoFar({
    trainedTokens: job.trainedTokens === null ? null : Number(job.trainedTokens),
    lastStep: job.lastStep,
    totalSteps: job.totalSteps,
    expectedTokens: price.expectedTokens,
  });
  if (tokens === null || price.nanoUsdPerToken === null) return null;
  const amount = multiplyUp(BigInt(price.nanoUsdPerToken), tokens);
  return {
    amount,
    arithmetic: `${tokens} trained tokens × ${formatMoney(BigInt(price.nanoUsdPerToken) * 1_000_000n)} per million (${price.source ?? 'no source'}, ${price.checkedAt ?? 'no date'})`,
  };
}

/** Gives the whole hold back: nothing was launched. Belongs to the transaction that ends the job. */
export async function releaseHold(
  { repo, budgets }: Pick<JobDeps, 'repo' | 'budgets'>,
  tx: Tx,
  job: Pick<JobRow, 'id' | 'workspaceId'>,
  description: string,
): Promise<void> {
  await budgets.release(tx, { workspaceId: job.workspaceId, jobId: job.id, description });
  await repo.change(tx, job.id, { chargedNanoUsd: 0n, accruedNanoUsd: 0n });
}

/**
 * Model and money of an ended job, in one transaction: a job that is settled has both. Doing it again changes nothing.
 *
 * @returns the model's id for a job that succeeded
 */
export const settleJob =
  (deps: Pick<JobDeps, 'repo' | 'datasets' | 'budgets' | 'models' | 'providers' | 'inTransaction'>) =>
  async (jobId: string): Promise<{ status: string; modelId: string | null }> => {
    const before = await deps.repo.find(jobId);
    if (!before || !isEnded(before.status)) return { status: before?.status ?? 'deleted', modelId: null };
    const lineage = before.status === 'succeeded' ? await lineageOf(deps, before) : null;
    return deps.inTransaction(async (tx) => {
      const job = await deps.repo.lock(tx, jobId);
      if (!job) return { status: 'deleted', modelId: null };
      const model =
        lineage && job.tunedModelId
          ? await deps.models.register(tx, { ...lineage, providerModelId: job.tunedModelId })
          : null;
      if (job.chargedNanoUsd === null) await settleMoney(deps, tx, job, model !== null);
      if (model && job.chargedNanoUsd === null)
        await deps.repo.append(tx, job, [
          {
            type: 'message',
            message: `The model ${model.family} v${model.version} is registered.`,
            data: { modelId: model.id },
          },
        ]);
      return { status: job.status, modelId: model?.id ?? null };
    });
  };

async function lineageOf({ datasets, providers }: Pick<JobDeps, 'datasets' | 'providers'>, job: JobRow) {
  const { workspaceId, connectionId, baseModel, datasetVersionId } = job;
  const [data, base] = await Promise.all([
    datasets.snapshot(workspaceId, datasetVersionId),
    // Only for the date on which it stops answering; a connection that is gone by now must not keep a model from its owner.
    providers.baseModel(workspaceId, connectionId, baseModel).catch(() => null),
  ]);
  return {
    ...{ workspaceId, connectionId, baseModel, datasetVersionId, jobId: job.id },
    datasetId: data.datasetId,
    datasetName: data.datasetName,
    priceSnapshot: job.priceSnapshot as Record<string, unknown> | null,
    shutdownOn: base?.retiresOn ? new Date(base.retiresOn) : null,
  };
}

async function settleMoney(
  { repo, budgets }: Pick<JobDeps, 'repo' | 'budgets'>,
  tx: Tx,
  job: JobRow,
  succeeded: boolean,
): Promise<void> {
  const cost = job.providerJobId ? accruedCost(job) : { amount: 0n, arithmetic: 'nothing was launched' };
  // With an unknown price the cap is the only true bound: it stays booked until a person corrects it.
  const charge = cost?.amount ?? job.capNanoUsd ?? 0n;
  const arithmetic = cost?.arithmetic ?? 'price unknown: the cap is booked';
  const { charged, released } = await budgets.settle(tx, {
    workspaceId: job.workspaceId,
    jobId: job.id,
    charge,
    description: `${succeeded ? 'Training' : 'Part of a training'} of the job "${job.name}"`,
    details: { arithmetic, trainedTokens: job.trainedTokens === null ? null : Number(job.trainedTokens) },
  });
  await repo.change(tx, job.id, { chargedNanoUsd: charged, accruedNanoUsd: charged });
  await repo.append(tx, job, [
    {
      type: 'money',
      message: `Charged ${formatMoney(charged)} (${arithmetic}), gave ${formatMoney(released)} back to the budgets.`,
      data: { charged: String(charged), released: String(released) },
    },
  ]);
}
