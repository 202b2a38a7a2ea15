import { notFound } from 'next/navigation';
import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { idSchema } from '@/lib/ids';
import { requireUser } from '@/server/session';
import { DatasetView } from './dataset-view';

export const metadata = { title: 'Dataset' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await requireUser();
  const { id } = await params;
  if (!idSchema.safeParse(id).success) notFound();
  const { trpc, HydrateClient } = serverTrpc();
  await trpc.datasets.get.prefetch({ id });
  return (
    <HydrateClient>
      <PageBody wide>
        <DatasetView id={id} />
      </PageBody>
    </HydrateClient>
  );
}
