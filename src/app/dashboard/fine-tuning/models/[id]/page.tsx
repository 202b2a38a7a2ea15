import { notFound } from 'next/navigation';
import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { DeployButton } from '@/features/agents';
import { ModelPage } from '@/features/models';
import { idSchema } from '@/lib/ids';
import { requireUser } from '@/server/session';

export const metadata = { title: 'Model' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await requireUser();
  const { id } = await params;
  if (!idSchema.safeParse(id).success) notFound();
  const { trpc, HydrateClient } = serverTrpc();
  await Promise.all([trpc.models.get.prefetch({ id }), trpc.agents.list.prefetch({ limit: 20 })]);
  return (
    <HydrateClient>
      <PageBody>
        <ModelPage id={id} deploy={<DeployButton modelId={id} />} />
      </PageBody>
    </HydrateClient>
  );
}
