import { notFound } from 'next/navigation';
import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { AgentPage } from '@/features/agents';
import { idSchema } from '@/lib/ids';
import { requireUser } from '@/server/session';

export const metadata = { title: 'Agent' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await requireUser();
  const { id } = await params;
  if (!idSchema.safeParse(id).success) notFound();
  const { trpc, HydrateClient } = serverTrpc();
  await trpc.agents.get.prefetch({ id });
  return (
    <HydrateClient>
      <PageBody>
        <AgentPage id={id} />
      </PageBody>
    </HydrateClient>
  );
}
