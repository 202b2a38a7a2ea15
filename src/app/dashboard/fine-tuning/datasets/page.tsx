import type { SearchParams } from 'nuqs/server';
import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { DatasetList, datasetListQuery, loadDatasetFilters } from '@/features/datasets';
import { requireUser } from '@/server/session';

export const metadata = { title: 'Datasets' };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireUser();
  const { trpc, HydrateClient } = serverTrpc();
  await trpc.datasets.list.prefetchInfinite(datasetListQuery(await loadDatasetFilters(searchParams)));
  return (
    <HydrateClient>
      <PageBody wide>
        <DatasetList />
      </PageBody>
    </HydrateClient>
  );
}
