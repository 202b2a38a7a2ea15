import type { ReactNode } from 'react';
import { requireUser } from '@/server/session';
import { DashboardShell } from './_shell/dashboard-shell';
import { activeJobsInput } from './_shell/shell-queries';
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
    <HydrateClient>
      <DashboardShell>{children}</DashboardShell>
    </HydrateClient>
  );
}
