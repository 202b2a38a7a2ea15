import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { AgentPage } from '@/features/agents';
import { requireUser } from '@/server/session';

export const metadata = { title: 'Agent' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await requireUser();
  const { id } = await params;
  const { trpc, HydrateClient } = await serverTrpc();
  void trpc.agents.get.prefetch({ id });
  return (
    <HydrateClient>
      <PageBody>
        <AgentPage id={id} />
      </PageBody>
    </HydrateClient>
  );
}
