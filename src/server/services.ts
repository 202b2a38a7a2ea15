import 'server-only';
import {
  type AgentService,
  agentQueries,
  agentRepository,
  conversationQueries,
  conversationRepository,
  createAgentService,
} from '@/features/agents/server';
import type { BudgetService } from '@/features/budgets/server';
import type { DatasetService } from '@/features/datasets/server';
import type { JobService } from '@/features/jobs/server';
import { createModelService, type ModelService, modelQueries, modelRepository } from '@/features/models/server';
import type { ProviderService } from '@/features/providers/server';
import {
  createWorkspaceService,
  type WorkspaceService,
  workspaceQueries,
  workspaceRepository,
} from '@/features/workspaces/server';
import type { StoragePort } from '@/integrations/storage/storage-port';
import { systemClock } from '@/lib/clock';
import { multiplyUp } from '@/lib/money';
import { inTransaction } from '@/platform/db/database';
import { createStorage } from './storage';

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
  // SLOTS: each owner replaces its line with the real factory
  const storage = createStorage();
  const providers = undefined as unknown as ProviderService;
  const datasets = undefined as unknown as DatasetService;
  const budgets = undefined as unknown as BudgetService;
  const models = createModelService({
    repo: modelRepository,
    queries: modelQueries,
    inTransaction,
    clock: systemClock,
    audit,
    usesOf: agentQueries.usesOfModel,
  });
  const jobs = undefined as unknown as JobService;
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
        if (!input || !output) return null;
        return multiplyUp(input.nanoUsdPerUnit, call.tokensIn) + multiplyUp(output.nanoUsdPerUnit, call.tokensOut);
      },
    },
  });
  return { storage, workspaces, providers, datasets, budgets, models, jobs, agents };
}

const shared = globalThis as typeof globalThis & { tuneloopServices?: Services };

/** Who needs whom, on one screen. Built once per process, with the first use. */
export function services(): Services {
  shared.tuneloopServices ??= build();
  return shared.tuneloopServices;
}
