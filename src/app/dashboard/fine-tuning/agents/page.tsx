import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { AgentList } from '@/features/agents';
import { requireUser } from '@/server/session';

export const metadata = { title: 'Agents' };

export default async function Page() {
  await requireUser();
  const { trpc, HydrateClient } = serverTrpc();
  await trpc.agents.list.prefetchInfinite({ limit: 50 });
  return (
    <HydrateClient>
      <PageBody>
        <AgentList />
      </PageBody>
    </HydrateClient>
  );
}
