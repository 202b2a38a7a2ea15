import 'server-only';
import { createWorkspaceRouter } from '@/features/workspaces/server';
import { createCallerFactory, router } from '@/platform/trpc/procedures';
import { services } from './services';

function build() {
  const all = services();
  return router({
    workspaces: createWorkspaceRouter(all.workspaces),
  });
}

export type AppRouter = ReturnType<typeof build>;

let built: AppRouter | undefined;

/** The tRPC door: one sub-router per slice. */
export function appRouter(): AppRouter {
  built ??= build();
  return built;
}

export const createCaller = (
  ...args: Parameters<ReturnType<typeof createCallerFactory<AppRouter['_def']['record']>>>
) => createCallerFactory(appRouter())(...args);
