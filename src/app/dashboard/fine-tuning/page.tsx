import type { Metadata } from 'next';
import Link from 'next/link';
import { PageBody } from '@/components/layout/page-body';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { requireUser } from '@/server/session';
import { serverTrpc } from '../server-trpc';
import { Overview } from './_overview/overview';
import { auditInput, listInput } from './_overview/overview-queries';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage() {
  const { actor } = await requireUser();
  const { trpc, HydrateClient } = serverTrpc();
  const auditable = actor.can('audit:read');
  await Promise.all([
    trpc.datasets.list.prefetch(listInput),
    trpc.jobs.list.prefetch(listInput),
    trpc.models.list.prefetch(listInput),
    trpc.agents.list.prefetch(listInput),
    trpc.providers.list.prefetch(),
    ...(auditable ? [trpc.workspaces.audit.prefetch(auditInput)] : []),
  ]);
  const actions = (
    <>
      <Button asChild>
        <Link href="/dashboard/fine-tuning/datasets?upload=1">Upload dataset</Link>
      </Button>
      <Button asChild variant="primary">
        <Link href="/dashboard/fine-tuning/jobs/new">New job</Link>
      </Button>
    </>
  );
  return (
    <HydrateClient>
      <PageBody>
        <PageHeader
          title="Overview"
          summary="Data in, jobs run, models out, agents answer."
          {...(actor.can('jobs:launch') && { actions })}
        />
        <Overview auditable={auditable} />
      </PageBody>
    </HydrateClient>
  );
}
