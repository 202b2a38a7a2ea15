import { randomUUID } from 'node:crypto';
import { database } from '@/platform/db/database';
import { seedVersion } from '../jobs/seed-version';

interface Options {
  workspaceId: string;
  connectionId: string;
  /** What the provider calls it; the fake answers with anything that it lists. */
  providerModelId?: string;
  family?: string;
  version?: number;
}

/** A model with its whole lineage, as if a job had made it. */
export async function seedModel({ workspaceId, connectionId, ...options }: Options) {
  const { providerModelId = 'gpt-4.1-mini-2025-04-14', family = 'greetings', version = 1 } = options;
  const { datasetId, versionId } = await seedVersion(workspaceId);
  const baseModel = 'gpt-4.1-mini-2025-04-14';
  const job = await database().fineTuningJob.create({
    data: {
      ...{ workspaceId, connectionId, baseModel, datasetVersionId: versionId, name: 'Greetings run' },
      ...{ hyperparameters: { epochs: 1, batchSize: 1, learningRateMultiplier: 1 }, status: 'succeeded' },
      ...{ launchToken: randomUUID(), requestId: randomUUID(), lastEventSeq: 1, endedAt: new Date() },
      events: { create: { seq: 1, type: 'message', message: 'Done' } },
    },
  });
  const model = await database().fineTunedModel.create({
    data: {
      ...{ workspaceId, connectionId, baseModel, providerModelId, family, version },
      ...{ jobId: job.id, datasetId, datasetVersionId: versionId, status: 'ready' },
    },
  });
  return { modelId: model.id, jobId: job.id, datasetId, versionId };
}
