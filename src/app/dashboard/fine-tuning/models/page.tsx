import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { ModelList } from '@/features/models';
import { requireUser } from '@/server/session';

export const metadata = { title: 'Models' };

export default async function Page() {
  await requireUser();
  const { trpc, HydrateClient } = serverTrpc();
  await trpc.models.list.prefetchInfinite({ limit: 50 });
  return (
    <HydrateClient>
      <PageBody>
        <ModelList />
      </PageBody>
    </HydrateClient>
  );
}
