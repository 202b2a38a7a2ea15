import type { ReactNode } from 'react';
import { requireUser } from '@/server/session';
import { DashboardShell } from './_shell/dashboard-shell';
import { activeJobsInput } from './_shell/shell-queries';
import { ShellState } from './_shell/shell-state';
import { serverTrpc } from './server-trpc';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  await requireUser();
  const { trpc, HydrateClient } = serverTrpc();
  await Promise.all([
    trpc.workspaces.me.prefetch(),
    trpc.budgets.summary.prefetch(),
    trpc.jobs.list.prefetch(activeJobsInput),
  ]);
  return (
    <ShellState>
      <HydrateClient>
        <DashboardShell>{children}</DashboardShell>
      </HydrateClient>
    </ShellState>
  );
}
