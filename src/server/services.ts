import 'server-only';
import { createWorkspaceService, workspaceQueries, workspaceRepository } from '@/features/workspaces/server';
import { systemClock } from '@/lib/clock';
import { inTransaction } from '@/platform/db/database';

function build() {
  const workspaces = createWorkspaceService({
    repo: workspaceRepository,
    queries: workspaceQueries,
    inTransaction,
    clock: systemClock,
  });
  return { workspaces };
}

export type Services = ReturnType<typeof build>;

const shared = globalThis as typeof globalThis & { tuneloopServices?: Services };

/** Who needs whom, on one screen. Built once per process, with the first use. */
export function services(): Services {
  shared.tuneloopServices ??= build();
  return shared.tuneloopServices;
}
