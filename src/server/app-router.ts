import 'server-only';
import { createAgentRouter } from '@/features/agents/server';
import { createBudgetRouter } from '@/features/budgets/server';
import { createDatasetRouter } from '@/features/datasets/server';
import { createJobRouter } from '@/features/jobs/server';
import { createModelRouter } from '@/features/models/server';
import { createProviderRouter } from '@/features/providers/server';
import { createWorkspaceRouter } from '@/features/workspaces/server';
import { router } from '@/platform/trpc/procedures';
import { createOpsRouter } from './ops/ops.router';
import { services } from './services';

function build() {
  const all = services();
  return router({
    workspaces: createWorkspaceRouter(all.workspaces),
    providers: createProviderRouter(all.providers),
    datasets: createDatasetRouter(all.datasets),
    budgets: createBudgetRouter(all.budgets),
    models: createModelRouter(all.models),
    jobs: createJobRouter(all.jobs),
    agents: createAgentRouter(all.agents),
    ops: createOpsRouter(),
  });
}

export type AppRouter = ReturnType<typeof build>;

let built: AppRouter | undefined;

/** The tRPC door: one sub-router per slice. */
export function appRouter(): AppRouter {
  built ??= build();
  return built;
}
