import { notFound } from 'next/navigation';
import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { DatasetPage } from '@/features/datasets';
import { idSchema } from '@/lib/ids';
import { requireUser } from '@/server/session';

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
        <DatasetPage id={id} />
      </PageBody>
    </HydrateClient>
  );
}
