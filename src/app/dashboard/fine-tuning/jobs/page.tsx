import type { SearchParams } from 'nuqs/server';
import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { JobList, jobListQuery, loadJobFilters } from '@/features/jobs';
import { requireUser } from '@/server/session';

export const metadata = { title: 'Jobs' };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireUser();
  const { trpc, HydrateClient } = serverTrpc();
  await trpc.jobs.list.prefetchInfinite(jobListQuery(await loadJobFilters(searchParams)));
  return (
    <HydrateClient>
      <PageBody wide>
        <JobList />
      </PageBody>
    </HydrateClient>
  );
}
