import { z } from 'zod';
import { hyperparameters, type JobDetail, type JobEstimate, type JobSummary, jobDetail, jobError } from '../job.schema';
import { PACE_STEPS, remainingMs } from '../progress.rules';

export interface SummaryRow {
  id: string;
  name: string;
  status: JobSummary['status'];
  providerStatus: string | null;
  stalledAt: Date | null;
  baseModel: string;
  lastStep: number;
  totalSteps: number | null;
  accrued: bigint;
  charged: bigint | null;
  cap: bigint | null;
  error: unknown;
  createdByLabel: string | null;
  createdAt: Date;
  runningAt: Date | null;
  endedAt: Date | null;
  versionId: string;
  version: number;
  datasetId: string;
  datasetName: string;
  connectionId: string;
  connectionLabel: string;
  connectionKind: string;
  modelId: string | null;
  modelFamily: string | null;
  modelVersion: number | null;
  trainLoss: number | null;
  validLoss: number | null;
}

export interface DetailRow extends SummaryRow {
  hyperparameters: unknown;
  suffix: string | null;
  seed: number;
  providerJobId: string | null;
  estimate: unknown;
  trainedTokens: bigint | null;
  lastEventSeq: number;
  queuedAt: Date | null;
  preparingAt: Date | null;
  launchingAt: Date | null;
  progressAt: Date | null;
  cancelRequestedAt: Date | null;
  cancelReason: string | null;
  runOwner: string | null;
  held: bigint;
  checkpoints: JobDetail['checkpoints'];
  recent: { step: number; time: string }[];
}

export function toSummary(row: SummaryRow): JobSummary {
  const { id, name, status, providerStatus, baseModel, lastStep, totalSteps, trainLoss, validLoss, cap } = row;
  const { createdByLabel, createdAt, runningAt, endedAt } = row;
  return {
    ...{ id, name, status, providerStatus, baseModel, lastStep, totalSteps, trainLoss, validLoss, cap },
    ...{ createdByLabel, createdAt, runningAt, endedAt },
    stalled: row.stalledAt !== null,
    dataset: { id: row.datasetId, name: row.datasetName, version: row.version, versionId: row.versionId },
    connection: { id: row.connectionId, name: row.connectionLabel, kind: row.connectionKind },
    cost: row.charged ?? row.accrued,
    model: row.modelId ? { id: row.modelId, name: `${row.modelFamily} v${row.modelVersion}` } : null,
    error: jobError.nullable().parse(row.error ?? null),
  };
}

export function toDetail(row: DetailRow, attempts: JobDetail['attempts']): JobDetail {
  const recent = row.recent.slice(0, PACE_STEPS).map(({ step, time }) => ({ step, time: new Date(time) }));
  const { queuedAt, preparingAt, launchingAt, runningAt, endedAt } = row;
  const { suffix, seed, providerJobId, held, charged, lastEventSeq, progressAt, checkpoints } = row;
  const active = row.status === 'running' || row.status === 'cancelling';
  return {
    ...toSummary(row),
    ...{ suffix, seed, providerJobId, held, charged, lastEventSeq, progressAt, checkpoints, attempts },
    hyperparameters: hyperparameters.parse(row.hyperparameters),
    estimate: parseEstimate(row.estimate),
    trainedTokens: row.trainedTokens === null ? null : Number(row.trainedTokens),
    remainingMs: active ? remainingMs(recent, row.totalSteps, row.lastStep) : null,
    phases: { queuedAt, preparingAt, launchingAt, runningAt, endedAt },
    cancelRequestedAt: row.cancelRequestedAt,
    cancelReason: row.cancelReason,
    runUrl: row.runOwner ? `/dashboard/ops/runs/${encodeURIComponent(row.runOwner)}` : null,
  };
}

const estimateShape = jobDetail.shape.estimate;
const amounts = z.object({ low: z.string().nullable(), expected: z.string().nullable(), high: z.string().nullable() });

/** JSON has no bigint: amounts are stored as text of nano-dollars. */
export function storedEstimate(estimate: JobEstimate): object {
  const { low, expected, high, ...words } = estimate;
  return { ...words, low: asText(low), expected: asText(expected), high: asText(high) };
}

export function parseEstimate(stored: unknown): JobDetail['estimate'] {
  if (stored === null || stored === undefined) return null;
  const { low, expected, high } = amounts.parse(stored);
  return estimateShape.parse({
    ...(stored as object),
    ...{ low: asMoney(low), expected: asMoney(expected), high: asMoney(high) },
  });
}

const asText = (value: bigint | null): string | null => (value === null ? null : String(value));
const asMoney = (value: string | null): bigint | null => (value === null ? null : BigInt(value));
