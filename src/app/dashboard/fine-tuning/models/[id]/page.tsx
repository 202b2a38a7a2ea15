import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { DeployButton } from '@/features/agents';
import { ModelPage } from '@/features/models';
import { requireUser } from '@/server/session';

export const metadata = { title: 'Model' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await requireUser();
  const { id } = await params;
  const { trpc, HydrateClient } = await serverTrpc();
  void trpc.models.get.prefetch({ id });
  void trpc.agents.list.prefetch({ limit: 20 });
  return (
    <HydrateClient>
      <PageBody>
        <ModelPage id={id} deploy={<DeployButton modelId={id} />} />
      </PageBody>
    </HydrateClient>
  );
}
