import { randomUUID } from 'node:crypto';
import {
  budgetQueries,
  budgetRepository,
  createBudgetService,
  ledgerQueries,
  ledgerRepository,
  priceQueries,
  priceRepository,
} from '@/features/budgets/server';
import {
  analysisQueries,
  analysisRepository,
  changeQueries,
  changeRepository,
  createDatasetService,
  datasetQueries,
  datasetRepository,
  diffQueries,
  exampleQueries,
  exportQueries,
  importRepository,
  problemQueries,
  scoreQueries,
} from '@/features/datasets/server';
import type { JobSubmitInput } from '@/features/jobs/job.schema';
import {
  createJobService,
  jobQueries,
  jobRepository,
  launchRepository,
  pollRepository,
  streamQueries,
} from '@/features/jobs/server';
import type { JobDeps, JobService } from '@/features/jobs/server/job.service';
import { createModelService, modelQueries, modelRepository } from '@/features/models/server';
import { createProviderService, providerQueries, providerRepository } from '@/features/providers/server';
import { workspaceRepository } from '@/features/workspaces/server';
import type { StoragePort } from '@/integrations/storage/storage-port';
import { openAiTraining } from '@/integrations/training/openai/adapter';
import { builtinProfile, openAiProfile } from '@/integrations/training/openai/profile';
import { createTrainingRegistry } from '@/integrations/training/training-registry';
import { type Actor, systemActor } from '@/lib/actor';
import { database, inLongTransaction, inTransaction } from '@/platform/db/database';
import { addToOutbox } from '@/platform/outbox/outbox';
import { connectionUses } from '@/server/connection-uses';
import { inferenceProvider } from '@/server/training-providers';
import { type FakeOpenAi, startFakeOpenAi } from '../providers/openai/fake-openai';
import { seedVersion } from './seed-version';

const MODEL = 'gpt-4.1-mini-2025-04-14';

export interface LabOptions {
  /** A provider that costs nothing, like the built-in trainer; else one with a price. */
  free?: boolean;
  /** Milliseconds that the adapter waits for the answer to a create call. */
  createMs?: number;
  /** Replaces parts of what the service stands on, to break it where a test wants. */
  change?: (deps: JobDeps) => Partial<JobDeps>;
}

/** Everything a job needs, real except the provider, which is the stateful fake over HTTP. The clock can be moved ahead. */
export async function makeJobLab(fake: FakeOpenAi, options: LabOptions = {}) {
  const time = { aheadMs: 0 };
  const clock = { now: () => new Date(Date.now() + time.aheadMs) };
  const actor = await newWorkspace();
  const { workspaceId } = actor;
  const patience = { read: 2000, create: options.createMs ?? 400, upload: 5000 };
  const settings = { baseUrl: fake.baseUrl, apiKey: fake.apiKey };
  const audit = workspaceRepository.addAudit;
  const providers = createProviderService({
    ...{
      repo: providerRepository,
      queries: providerQueries,
      inTransaction,
      clock,
      audit,
      inference: inferenceProvider,
    },
    training: createTrainingRegistry({
      builtin: openAiTraining(builtinProfile, patience),
      openai: openAiTraining(openAiProfile, patience),
    }),
    secretKey: () => Buffer.alloc(32, 7),
    builtin: () => settings,
    usesOf: connectionUses,
  });
  const connection = options.free
    ? await providers.ensureBuiltin(workspaceId)
    : await providers.create(actor, { kind: 'openai', label: 'Fake', baseUrl: fake.baseUrl, secret: fake.apiKey });
  if (options.free) await providers.check(actor, connection.id);
  const budgets = createBudgetService({
    ...{ budgets: budgetRepository, queries: budgetQueries, ledger: ledgerRepository, ledgerQueries },
    ...{ prices: priceRepository, priceQueries, inTransaction, clock, audit },
    assertScope: async () => undefined,
  });
  await budgets.seedPrices();
  const datasets = createDatasetService({
    ...{
      repo: datasetRepository,
      changes: changeRepository,
      changeReads: changeQueries,
      inLongTransaction,
      queries: datasetQueries,
      examples: exampleQueries,
      problems: problemQueries,
      diffs: diffQueries,
      exports: exportQueries,
      analysis: analysisRepository,
      analysisQueries,
      scores: scoreQueries,
    },
    ...{ imports: importRepository, inTransaction, clock, audit, outbox: addToOutbox },
    storage: unusedStorage,
  });
  const models = createModelService({
    ...{ repo: modelRepository, queries: modelQueries, inTransaction, clock, audit },
    usesOf: async () => [],
  });
  const deps: JobDeps = {
    ...{ repo: jobRepository, launches: launchRepository, polls: pollRepository },
    ...{
      queries: jobQueries,
      streams: streamQueries,
      inTransaction,
      clock,
      audit,
      budgets,
      datasets,
      models,
      providers,
    },
  };
  const jobs = createJobService({ ...deps, ...options.change?.(deps) });
  const version = await seedVersion(workspaceId);
  const input = (overrides: Partial<JobSubmitInput> = {}): JobSubmitInput => ({
    ...{ datasetVersionId: version.versionId, connectionId: connection.id, baseModel: MODEL, requestId: randomUUID() },
    hyperparameters: { epochs: 2, batchSize: 4 },
    ...overrides,
  });
  return {
    fake,
    actor,
    workspaceId,
    clock,
    time,
    deps,
    jobs,
    budgets,
    datasets,
    providers,
    connectionId: connection.id,
    ...version,
    input,
  };
}

export type JobLab = Awaited<ReturnType<typeof makeJobLab>>;

export async function newWorkspace(): Promise<Actor> {
  const { id } = await database().workspace.create({ data: { name: 'Lab', slug: `lab-${randomUUID()}` } });
  return systemActor(id);
}

/** The steps of a run up to the launch, one after the other, without an engine. */
export async function launchJob(jobs: JobService, jobId: string): Promise<void> {
  const { generation } = await database().fineTuningJob.findUniqueOrThrow({ where: { id: jobId } });
  await jobs.claim(jobId, generation, `run-${jobId}-${generation}`);
  await jobs.prepare(jobId);
  await jobs.launch(jobId);
}

export const rowOf = (id: string) => database().fineTuningJob.findUniqueOrThrow({ where: { id } });

export const startFake = (): Promise<FakeOpenAi> => startFakeOpenAi();

/** Versions of the lab are written as rows, so nothing is read from a storage. */
const unusedStorage: Pick<StoragePort, 'read' | 'location' | 'size' | 'write' | 'remove'> = {
  read: () => Promise.reject(new Error('no storage in this lab')),
  location: () => Promise.reject(new Error('no storage in this lab')),
  size: () => Promise.reject(new Error('no storage in this lab')),
  write: () => Promise.reject(new Error('no storage in this lab')),
  remove: () => Promise.resolve(),
};
