import { notFound } from 'next/navigation';
import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { eventsQuery, JobMonitor, metricsQuery } from '@/features/jobs';
import { idSchema } from '@/lib/ids';
import { requireUser } from '@/server/session';

export const metadata = { title: 'Job' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await requireUser();
  const { id } = await params;
  if (!idSchema.safeParse(id).success) notFound();
  const { trpc, HydrateClient } = serverTrpc();
  // The job first: the stream goes on after its last event, so curve and events must not be older than it.
  await trpc.jobs.get.prefetch({ id });
  await Promise.all([trpc.jobs.metrics.prefetch(metricsQuery(id)), trpc.jobs.events.prefetchInfinite(eventsQuery(id))]);
  return (
    <HydrateClient>
      <PageBody>
        <JobMonitor id={id} />
      </PageBody>
    </HydrateClient>
  );
}
