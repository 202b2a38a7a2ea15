import type { Metadata } from 'next';
import { PageBody } from '@/components/layout/page-body';
import { PageHeader } from '@/components/ui/page-header';
import { AddConnectionButton, BaseModelsPanel, ConnectionsPanel } from '@/features/providers';
import { requireUser } from '@/server/session';
import { serverTrpc } from '../../server-trpc';

export const metadata: Metadata = { title: 'Providers' };

export default async function ProvidersPage() {
  const { actor } = await requireUser();
  const { trpc, HydrateClient } = serverTrpc();
  await Promise.all([trpc.providers.list.prefetch(), trpc.providers.baseModels.prefetch()]);
  return (
    <HydrateClient>
      <PageBody>
        <PageHeader
          title="Providers"
          summary="Where jobs are trained and models answer."
          actions={actor.can('providers:manage') ? <AddConnectionButton /> : undefined}
        />
        <div className="space-y-5">
          <ConnectionsPanel />
          <BaseModelsPanel />
        </div>
      </PageBody>
    </HydrateClient>
  );
}
