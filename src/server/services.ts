import 'server-only';
import { env } from '@/env';
import {
  type AgentService,
  agentQueries,
  agentRepository,
  conversationQueries,
  conversationRepository,
  createAgentService,
} from '@/features/agents/server';
import {
  type BudgetService,
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
  type DatasetService,
  datasetQueries,
  datasetRepository,
  diffQueries,
  exampleQueries,
  exportQueries,
  importRepository,
  problemQueries,
  scoreQueries,
} from '@/features/datasets/server';
import {
  createJobService,
  type JobService,
  jobQueries,
  jobRepository,
  launchRepository,
  pollRepository,
  streamQueries,
} from '@/features/jobs/server';
import { createModelService, type ModelService, modelQueries, modelRepository } from '@/features/models/server';
import {
  createProviderService,
  type ProviderService,
  providerQueries,
  providerRepository,
} from '@/features/providers/server';
import {
  createWorkspaceService,
  type WorkspaceService,
  workspaceQueries,
  workspaceRepository,
} from '@/features/workspaces/server';
import type { StoragePort } from '@/integrations/storage/storage-port';
import { systemClock } from '@/lib/clock';
import { multiplyUp } from '@/lib/money';
import { deriveKey } from '@/platform/crypto/secret-box';
import { inLongTransaction, inTransaction } from '@/platform/db/database';
import { addToOutbox } from '@/platform/outbox/outbox';
import { processState } from '@/platform/process/process-state';
import { connectionUses } from './connection-uses';
import { installationSecret } from './installation-secret';
import { createStorage } from './storage';
import { inferenceProvider, trainingProviders } from './training-providers';

export interface Services {
  storage: StoragePort;
  workspaces: WorkspaceService;
  providers: ProviderService;
  datasets: DatasetService;
  budgets: BudgetService;
  models: ModelService;
  jobs: JobService;
  agents: AgentService;
}

function build(): Services {
  const workspaces = createWorkspaceService({
    repo: workspaceRepository,
    queries: workspaceQueries,
    inTransaction,
    clock: systemClock,
  });
  const { audit } = workspaces;
  const storage = createStorage();
  const providers = createProviderService({
    repo: providerRepository,
    queries: providerQueries,
    inTransaction,
    clock: systemClock,
    audit,
    training: trainingProviders,
    inference: inferenceProvider,
    secretKey: () => deriveKey(installationSecret(), 'provider-secrets'),
    builtin: () => (env.TRAINER_URL ? { baseUrl: env.TRAINER_URL, apiKey: env.TRAINER_API_KEY ?? '' } : null),
    usesOf: connectionUses,
  });
  const datasets = createDatasetService({
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
    imports: importRepository,
    storage,
    outbox: addToOutbox,
    audit,
    inTransaction,
    clock: systemClock,
  });
  const budgets = createBudgetService({
    budgets: budgetRepository,
    queries: budgetQueries,
    ledger: ledgerRepository,
    ledgerQueries,
    prices: priceRepository,
    priceQueries,
    inTransaction,
    clock: systemClock,
    audit,
    assertScope: (actor, scope, id) => (scope === 'connection' ? providers.get(actor, id) : agents.get(actor, id)),
  });
  const models = createModelService({
    repo: modelRepository,
    queries: modelQueries,
    inTransaction,
    clock: systemClock,
    audit,
    usesOf: agentQueries.usesOfModel,
  });
  const jobs = createJobService({
    repo: jobRepository,
    launches: launchRepository,
    polls: pollRepository,
    queries: jobQueries,
    streams: streamQueries,
    inTransaction,
    clock: systemClock,
    audit,
    providers,
    datasets,
    budgets,
    models,
  });
  const agents = createAgentService({
    repo: agentRepository,
    queries: agentQueries,
    conversations: conversationRepository,
    conversationQueries,
    inTransaction,
    clock: systemClock,
    audit,
    models,
    providers,
    datasets,
    money: {
      assertCanSpend: (workspaceId, scope) => budgets.assertCanSpend(workspaceId, scope),
      charge: (tx, request) => budgets.charge(tx, request),
      costOf: async (workspaceId, call) => {
        const { free, prices } = await budgets.priceFor(workspaceId, call.connectionKind, call.model);
        if (free) return 0n;
        const { input_token: input, output_token: output } = prices;
        if (!input || !output || !call.tokens) return null;
        return multiplyUp(input.nanoUsdPerUnit, call.tokens.in) + multiplyUp(output.nanoUsdPerUnit, call.tokens.out);
      },
    },
  });
  return { storage, workspaces, providers, datasets, budgets, models, jobs, agents };
}

const shared = processState<{ services?: Services }>();

let ofThisModule: Services | undefined;

/**
 * Who needs whom, on one screen. Built once per process, with the first use. In development an edit makes new modules, and
 * they make new services: those of the process would go on with the old code.
 */
export function services(): Services {
  if (env.NODE_ENV === 'development') {
    ofThisModule ??= build();
    return ofThisModule;
  }
  shared.services ??= build();
  return shared.services;
}
